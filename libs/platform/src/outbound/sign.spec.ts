import { describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { parseSecret } from '#domain';
import { signedHeaders } from './sign.js';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

describe('the signature', () => {
  it('is that of the vector every Standard Webhooks library has', () => {
    const message = {
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      timestamp: 1614265330,
      body: '{"test": 2432232314}',
    };
    expect(signedHeaders(parseSecret(SECRET), message)).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it.each(['{"name":"Zoë 🎉"}', '{}', '""'])('is verified by the receiver of %s', (body) => {
    const headers = signedHeaders(parseSecret(SECRET), { id: '01', timestamp: Date.now() / 1000, body });
    expect(new Webhook(SECRET).verify(body, headers)).toEqual(JSON.parse(body));
    expect(() => new Webhook(SECRET).verify(`${body} `, headers)).toThrow('No matching signature');
  });
});
