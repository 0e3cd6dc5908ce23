import { IntercomClient } from 'intercom-client';
import type { TestApi } from './api.js';
import { TOKEN } from './config.js';

/** The official SDK, against the api of a test. It repeats no call. */
export async function sdkOf({ app }: Pick<TestApi, 'app'>, token = TOKEN): Promise<IntercomClient> {
  return new IntercomClient({ token, baseUrl: await app.getUrl(), maxRetries: 0 });
}
