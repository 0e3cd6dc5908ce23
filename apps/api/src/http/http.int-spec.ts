import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import request from 'supertest';
import { z } from 'zod';
import { errorList } from '#contracts';
import { bytes } from '#database';
import type { WorkspaceKey } from '#database';
import { DomainError } from '#domain';
import { testApi, type TestApi } from '../../../../test/support/api.js';
import { TOKEN } from '../../../../test/support/config.js';
import { CurrentWorkspace } from './current-workspace.decorator.js';

/** Answers with what reached it. */
@Controller('echo')
class EchoController {
  @Post()
  echo(@Body({ schema: z.looseObject({}) }) body: unknown) {
    return body;
  }

  @Get('workspace')
  workspace(@CurrentWorkspace() workspace: WorkspaceKey) {
    return workspace;
  }

  @Get('param/:value')
  param(@Param('value') value: string) {
    return { value };
  }

  @Get('conflict')
  conflict() {
    throw new DomainError('conflict', 'Taken', 'email', { contact_id: 'c1' });
  }

  @Get('bug')
  bug() {
    throw new Error('the secret reason');
  }
}

let api: TestApi;
beforeAll(async () => {
  api = await testApi({ controllers: [EchoController] });
});
afterAll(() => api.close());

const NO_UTF8 = Buffer.from([0x22, 0xff, 0x22]);
const asItIs = (body: unknown) => body as string;

const server = () => api.app.getHttpServer();
const echo = () => api.send('post', '/echo').set('content-type', 'application/json');

describe('a failure', () => {
  it.each<[string, () => request.Test, number, string]>([
    ['an unknown route', () => api.send('get', '/nowhere'), 404, 'not_found'],
    ['an unknown method', () => api.send('delete', '/echo'), 404, 'not_found'],
    ['a malformed URL', () => api.send('get', '/echo/param/%zz'), 400, 'bad_request'],
    ['broken JSON', () => echo().send('{"a":'), 400, 'bad_request'],
    ['a body that is no UTF-8', () => echo().serialize(asItIs).send(NO_UTF8), 400, 'bad_request'],
    ['a forged prototype', () => echo().send('{"__proto__":{"a":1}}'), 400, 'bad_request'],
    ['a body over 1 MB', () => echo().send(JSON.stringify('x'.repeat(1_048_575))), 413, 'payload_too_large'],
    ['a form', () => api.send('post', '/echo').type('form').send('a=1'), 415, 'unsupported'],
    ['plain text', () => api.send('post', '/echo').type('text').send('{}'), 415, 'unsupported'],
    [
      'a reader of HTML',
      () => echo().set('accept', 'text/html').send('{}'),
      406,
      'media_type_not_acceptable',
    ],
    ['a conflict', () => api.send('get', '/echo/conflict'), 409, 'conflict'],
    ['a bug', () => api.send('get', '/echo/bug'), 500, 'server_error'],
  ])('by %s is told in an error list', async (_, send, status, code) => {
    const answer = await send();

    expect(answer.status).toBe(status);
    expect(errorList.parse(answer.body).errors).toEqual([expect.objectContaining({ code })]);
    expect(answer.body.request_id).toBe(answer.headers['x-request-id']);
  });

  it('that is ours does not say why', async () => {
    expect((await api.send('get', '/echo/bug')).text).not.toContain('secret');
  });

  it('carries its details', async () => {
    const { body } = await api.send('get', '/echo/conflict');

    expect(body.errors).toEqual([{ code: 'conflict', message: 'Taken', field: 'email', contact_id: 'c1' }]);
  });
});

describe('a body', () => {
  it('of just under 1 MB is read', async () => {
    const answer = await echo().send({ a: 'x'.repeat(1_048_568) });

    expect(answer.status).toBe(201);
  });

  it('that is absent is read as an empty object', async () => {
    expect((await api.send('post', '/echo')).body).toEqual({});
    expect((await echo()).body).toEqual({});
  });

  it('keeps names that JavaScript has a use for', async () => {
    const body = { constructor: 1, prototype: 2, toString: 3 };

    expect((await echo().send(JSON.stringify(body))).body).toEqual(body);
  });

  it.each([
    ['a NUL in a value', '{"a":{"b":["x\\u0000"]}}', 'a.b.0'],
    ['a NUL in a name', '{"a":{"b\\u0000":1}}', 'a.b\\u0000'],
    ['half of a surrogate pair', '{"a":"\\ud83d"}', 'a'],
    ['the other half', '{"a":"x\\uDE00"}', 'a'],
    ['halves in the wrong order', '{"a":"\\ude00\\ud83d"}', 'a'],
  ])('with %s is refused by name', async (_, body, field) => {
    const answer = await echo().send(body);

    expect(answer.status).toBe(400);
    expect(answer.body.errors).toEqual([expect.objectContaining({ code: 'parameter_invalid', field })]);
  });

  it('may be as deep as it likes around a NUL', async () => {
    const deep = `${'['.repeat(100_000)}"\\u0000"${']'.repeat(100_000)}`;

    expect((await echo().send(`{"a":${deep}}`)).status).toBe(400);
  });

  it('may hold escaped pairs and escaped backslashes', async () => {
    const answer = await echo().send('{"a":"\\ud83d\\ude00","b":"\\\\u0000"}');

    expect(answer.body).toEqual({ a: '😀', b: '\\u0000' });
  });
});

describe('a URL', () => {
  it.each(['/echo/param/a%00b', '/echo/workspace?q=%00'])('%s with a NUL is refused', async (path) => {
    const answer = await api.send('get', path);

    expect(answer.status).toBe(400);
    expect(answer.body.errors[0].code).toBe('parameter_invalid');
  });

  it('may hold an external id of 255 characters of any alphabet', async () => {
    const value = '語'.repeat(255);

    expect((await api.send('get', `/echo/param/${encodeURIComponent(value)}`)).body).toEqual({ value });
  });
});

describe('an Accept header', () => {
  it.each([
    '*/*',
    'application/json',
    'application/*;q=0.5',
    'text/html, */*;q=0.1',
    'application/json; charset=utf-8',
  ])('%s is served', async (accept) => {
    expect((await api.send('get', '/echo/workspace').set('accept', accept)).status).toBe(200);
  });

  it.each(['text/html', 'application/xml, text/*', 'application/json;q=0'])('%s is not', async (accept) => {
    expect((await api.send('get', '/echo/workspace').set('accept', accept)).status).toBe(406);
  });
});

describe('a version', () => {
  const ask = (version: string) => api.send('get', '/echo/workspace').set('intercom-version', version);

  it('is 2.14 unless another is asked for', async () => {
    expect((await api.send('get', '/echo/workspace')).body.version).toBe('2.14');
    expect((await ask('2.16')).body.version).toBe('2.16');
  });

  it('that there is none of is refused', async () => {
    const answer = await ask('2.99');

    expect(answer.status).toBe(400);
    expect(answer.body.errors[0]).toMatchObject({ code: 'intercom_version_invalid' });
  });
});

describe('a token', () => {
  const open = (authorization?: string) => {
    const sent = request(server()).get('/echo/workspace');
    return authorization === undefined ? sent : sent.set('authorization', authorization);
  };

  it('opens its workspace', async () => {
    expect((await open(`Bearer ${TOKEN}`)).body).toMatchObject({
      workspaceId: api.workspaceId,
      appId: 'demo',
    });
  });

  it.each([
    ['is missing', undefined, 'unauthorized'],
    ['is empty', 'Bearer ', 'unauthorized'],
    ['comes in another scheme', `Basic ${TOKEN}`, 'unauthorized'],
    ['is unknown', 'Bearer unknown', 'token_not_found'],
  ])('that %s opens nothing', async (_, authorization, code) => {
    const answer = await open(authorization);

    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('Bearer');
    expect(answer.body.errors[0].code).toBe(code);
  });

  it('that is revoked works for ten seconds more at the most', async () => {
    api.clock.advance(11);
    await open(`Bearer ${TOKEN}`);
    const kept = await api.store.database.query('DELETE FROM access_token RETURNING *');
    api.clock.advance(9);
    const before = await open(`Bearer ${TOKEN}`);
    api.clock.advance(2);
    const after = await open(`Bearer ${TOKEN}`);
    await api.store.database.query(
      'INSERT INTO access_token SELECT * FROM jsonb_populate_record(NULL::access_token, $1)',
      [{ ...kept[0], sha256: bytes(String(kept[0]?.['sha256'])) }],
    );

    expect([before.status, after.status]).toEqual([200, 401]);
    expect((await open(`Bearer ${TOKEN}`)).status).toBe(200);
  });
});
