import { describe, expect, it } from '@jest/globals';
import { welcome } from './welcome.js';

const text = welcome({
  address: 'http://127.0.0.1:3000',
  appId: 'demo',
  token: 'a-token',
  externalId: 'ada-1',
});

describe('the welcome', () => {
  it('says where Muster is and what opens it', () => {
    expect(text).toMatch(/API +http:\/\/127.0.0.1:3000 /);
    expect(text).toMatch(/App id +demo\n/);
    expect(text).toMatch(/Token +a-token\n/);
  });

  it('has three requests, each a line that can be pasted', () => {
    const lines = text.split('\n').filter((line) => line.startsWith('curl http://127.0.0.1:3000/'));
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(line).toContain(`-H 'Authorization: Bearer a-token'`);
  });
});
