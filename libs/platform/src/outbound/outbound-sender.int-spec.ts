import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Receiver } from '../../../../test/support/receiver.js';
import { waitFor } from '../../../../test/support/wait-for.js';
import { AddressGuard, LOOPBACK_TARGETS } from './address-guard.js';
import { OutboundLimits } from './outbound-limits.js';
import { OutboundSender } from './outbound-sender.js';

class ShortLimits extends OutboundLimits {
  override readonly deadlineMs = 300;
  override readonly connectMs = 200;
}

/** Allows what it is asked first, and nothing more. */
class FickleGuard extends AddressGuard {
  private asked = 0;

  override allows(): boolean {
    return this.asked++ === 0;
  }
}

let receiver: Receiver;
let sender: OutboundSender;

beforeEach(async () => {
  receiver = await Receiver.start();
  sender = new OutboundSender(new AddressGuard(LOOPBACK_TARGETS), new ShortLimits());
});

afterEach(async () => {
  await sender.onApplicationShutdown();
  await receiver.stop();
});

const post = (url: string = receiver.url) =>
  sender.post({ url, headers: { 'content-type': 'application/json', 'x-test': 'yes' }, body: '{"a":"ä"}' });

/** A server that answers every request with exactly this, and then nothing. */
async function rawServer(text: string): Promise<{ url: string; server: Server; closed: () => number }> {
  let closed = 0;
  const server = createServer((socket) => {
    socket.on('error', () => undefined).on('close', () => closed++);
    socket.once('data', () => socket.write(text)).resume();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server, closed: () => closed };
}

describe('a POST', () => {
  it('arrives as it is, and brings back status and body', async () => {
    receiver.answer({ status: 202, body: 'thanks' });
    const outcome = await post(`${receiver.url}hook?a=1`);
    expect(outcome).toEqual({ status: 202, response: 'thanks', durationMs: expect.any(Number) });
    const [received] = receiver.received;
    expect(received).toMatchObject({ path: '/hook?a=1', body: '{"a":"ä"}' });
    expect(received?.headers).toMatchObject({ 'content-type': 'application/json', 'x-test': 'yes' });
  });

  it('brings back what the answer says about trying again', async () => {
    receiver.answer({ status: 429, headers: { 'retry-after': '7' } });
    expect(await post()).toMatchObject({ status: 429, retryAfter: '7' });
  });

  it.each([301, 302, 303, 307, 308])('does not follow a redirect by %d', async (status) => {
    receiver.answer({ status, headers: { location: `${receiver.url}elsewhere` } });
    expect(await post()).toMatchObject({ status });
    expect(receiver.received).toHaveLength(1);
  });

  it('uses a connection again', async () => {
    for (let i = 0; i < 20; i++) await post();
    expect(new Set(receiver.received.map(({ peerPort }) => peerPort)).size).toBeLessThan(4);
  });
});

describe('the deadline', () => {
  it('ends an exchange that hangs', async () => {
    receiver.answer('hang');
    expect(await post()).toMatchObject({ error: 'timeout', message: 'no answer in 300 ms' });
  });

  it('ends an answer that drips for ever', async () => {
    receiver.answer('drip');
    expect(await post()).toMatchObject({ error: 'timeout' });
  });

  it('ends interim answers that never come to an end', async () => {
    const { url, server, closed } = await rawServer('HTTP/1.1 102 Processing\r\n\r\n'.repeat(100));
    expect(await post(url)).toMatchObject({ error: 'timeout' });
    await waitFor(() => closed() >= 1);
    server.close();
  });

  it('lets no request that hangs hold up another to the same host', async () => {
    receiver.answer(({ path }) => (path === '/hang' ? 'hang' : { status: 200 }));
    const hanging = Array.from({ length: 50 }, () => post(`${receiver.url}hang`));
    await receiver.count(50);
    expect(await post()).toMatchObject({ status: 200 });
    const outcomes = await Promise.all(hanging);
    expect(new Set(outcomes.map((outcome) => 'error' in outcome && outcome.error))).toEqual(
      new Set(['timeout']),
    );
  });
});

describe('the answer', () => {
  it('is kept up to 4 KB', async () => {
    receiver.answer({ body: 'x'.repeat(10_000) });
    expect(await post()).toMatchObject({ status: 200, response: 'x'.repeat(4096) });
  });

  it('is cut off when it is long, and its connection closed', async () => {
    const { url, server, closed } = await rawServer(
      `HTTP/1.1 200 OK\r\ncontent-length: 10000000000\r\n\r\n${'x'.repeat(100_000)}`,
    );
    expect(await post(url)).toMatchObject({ status: 200, response: 'x'.repeat(4096) });
    await waitFor(() => closed() >= 1);
    server.close();
  });

  it('is never decoded, and can be stored as text', async () => {
    receiver.answer({ headers: { 'content-encoding': 'gzip' }, body: Buffer.from([0x1f, 0x8b, 0x00, 0x61]) });
    expect(await post()).toMatchObject({ status: 200, response: '\x1f\uFFFD\uFFFDa' });
  });

  it.each([
    'HTTP/1.1 banana\r\n\r\n',
    'SSH-2.0-OpenSSH\r\n',
    `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(1e5)}\r\n\r\n`,
  ])('is malformed: %j', async (text) => {
    const { url, server } = await rawServer(text);
    expect(await post(url)).toMatchObject({ error: 'response_malformed' });
    server.close();
  });
});

describe('a connection', () => {
  it('that is refused, dropped, or leads nowhere is an outcome', async () => {
    receiver.answer('drop');
    expect(await post()).toMatchObject({ error: 'connection_failed' });
    const { url, server } = await rawServer('');
    server.close();
    await once(server, 'close');
    expect(await post(url)).toMatchObject({
      error: 'connection_failed',
      message: expect.stringContaining('REFUSED'),
    });
    expect(await post('http://nowhere.invalid/')).toMatchObject({ error: 'dns_failed' });
  });

  it('without TLS at the other end is an outcome', async () => {
    expect(await post(receiver.url.replace('http:', 'https:'))).toMatchObject({ error: 'tls_failed' });
  });

  it.each(['', 'not a url', 'ftp://example.com/', 'file:///etc/passwd', 'http://'])(
    'is not tried to "%s"',
    async (url) => {
      expect(await post(url)).toMatchObject({ error: 'url_invalid' });
    },
  );

  it('is not tried with a header that would smuggle another in', async () => {
    const headers = { 'x-name': 'a\r\nx-evil: 1' };
    expect(await sender.post({ url: receiver.url, headers, body: '' })).toMatchObject({
      error: 'url_invalid',
    });
    expect(receiver.received).toHaveLength(0);
  });
});

describe('in production', () => {
  beforeEach(async () => {
    await sender.onApplicationShutdown();
    sender = new OutboundSender(new AddressGuard(), new ShortLimits());
  });

  it.each([
    '127.0.0.1',
    '127.1',
    '0',
    '0.0.0.0',
    '0x7f.1',
    '0177.0.0.1',
    '2130706433',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    'localhost',
  ])('no byte reaches the loopback by the name of %s', async (host) => {
    expect(await post(`http://${host}:${receiver.port}/`)).toMatchObject({ error: 'address_denied' });
    expect(receiver.connections).toBe(0);
  });

  it('no byte reaches an address that is only seen to be denied when it is connected', async () => {
    await sender.onApplicationShutdown();
    sender = new OutboundSender(new FickleGuard(), new ShortLimits());
    expect(await post()).toMatchObject({ error: 'address_denied' });
    expect(receiver.received).toHaveLength(0);
  });
});
