import { Analytics } from '@segment/analytics-node';
import type { TestApi } from './api.js';
import { TOKEN } from './config.js';

/** Segment's own SDK, unchanged but for its host. It sends each call by itself, and repeats none. */
export async function segmentSdk({ app }: Pick<TestApi, 'app'>, writeKey = TOKEN): Promise<Analytics> {
  return new Analytics({ writeKey, host: await app.getUrl(), flushAt: 1, maxRetries: 0 });
}

/** Resolves when the SDK has been told that its call has arrived; rejects when it was refused. */
export function sent(call: (done: (error?: unknown) => void) => unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    call((error) => (error ? reject(error) : resolve()));
  });
}
