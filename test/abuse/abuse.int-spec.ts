import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { errorList } from '#contracts';
import { TestSdk } from '../support/test-sdk.js';
import { TOKEN } from '../support/config.js';
import { BAD_BODIES, BAD_VALUES, BAD_WORDS } from './bad-values.js';
import { bodyOf, makeThings, type Operation, pathOf, routesOf, type Things } from './routes.js';
import { SAMPLES } from './samples.js';

type Path = readonly string[];

let make: TestSdk;
let url: string;
let operations: [string, Operation][];
let things: Things;
beforeAll(async () => {
  make = await TestSdk.start();
  url = await make.api.app.getUrl();
  operations = await routesOf(make.api);
  things = await makeThings(make);
});
afterAll(() => make.api.close());

async function ask(route: string, path: string, body?: string) {
  const method = route.split(' ')[0]?.toUpperCase() ?? '';
  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
  const sent = body === undefined || method === 'GET' ? {} : { body };
  const answer = await fetch(`${url}${path}`, { method, headers, redirect: 'manual', ...sent });
  return { status: answer.status, requestId: answer.headers.get('x-request-id'), text: await answer.text() };
}

/** What is wrong with an answer; undefined when it is taken, or refused as it should be. */
async function faultOf(route: string, path: string, body?: string): Promise<string | undefined> {
  const answer = await ask(route, path, body);
  if (answer.status < 400) return undefined;
  const told = errorList.safeParse(safeJson(answer.text));
  const asked = `${route}: ${path.slice(0, 200)} ${body?.slice(0, 300) ?? ''} → ${answer.status} ${answer.text}`;
  if (answer.status >= 500 || !told.success) return asked;
  const { request_id, errors } = told.data;
  if (request_id !== answer.requestId || errors.length === 0) return asked;
  return errors.every(({ code, message, field }) => isTold(code, message, field)) ? undefined : asked;
}

/** A parameter that is wrong is named, first of all in the message; only a whole body has no name. */
function isTold(code: string, message: string, field: string | undefined): boolean {
  if (!/^parameter_(invalid|missing)$/.test(code)) return message !== '';
  return field === undefined ? message.startsWith('The request: ') : message.startsWith(`${field}: `);
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const BAD = '"↯"';

/** The body of a sample as JSON with one place of it exchanged. */
function spoilt(sample: object, path: Path, json: string): string {
  const copy = structuredClone(sample) as Record<string, unknown>;
  let place = copy;
  for (const key of path.slice(0, -1)) place = place[key] as Record<string, unknown>;
  place[path.at(-1) ?? ''] = '↯';
  return filled(copy).replace(BAD, () => json);
}

function filled(sample: unknown): string {
  return bodyOf(sample, things).replaceAll('fresh', () => make.fresh('fresh').replace(' ', '-'));
}

/** Every place in a body, the inner ones too. */
function placesIn(value: unknown): Path[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    [key],
    ...placesIn(inner).map((path) => [key, ...path]),
  ]);
}

async function faultsOf(asks: (() => Promise<string | undefined>)[]): Promise<string[]> {
  const faults: string[] = [];
  for (const next of asks) {
    const fault = await next();
    if (fault !== undefined) faults.push(fault);
  }
  return faults;
}

const samples = Object.entries(SAMPLES);

describe('a body', () => {
  it('is known for every route that takes one', () => {
    const taking = operations.filter(([, { requestBody }]) => requestBody).map(([route]) => route);

    expect(taking.sort()).toEqual(Object.keys(SAMPLES).sort());
  });

  it.each(samples)('of %s is taken as it should be', async (route, sample) => {
    const answer = await ask(route, pathOf(route, things), filled(sample));

    expect(answer.status < 300 ? 'taken' : answer.text).toBe('taken');
  });

  it.each(samples)('of %s that is wrong anywhere is refused by name', async (route, sample) => {
    const { requestBody } = operations.find(([known]) => known === route)?.[1] ?? {};
    const properties = Object.keys(requestBody?.content['application/json']?.schema.properties ?? {});
    const places = [...placesIn(sample), ...properties.map((name) => [name]), ['↯']];
    const bodies = [
      ...BAD_BODIES,
      ...places.flatMap((place) => BAD_VALUES.map((json) => spoilt(sample, place, json))),
    ];

    expect(await faultsOf(bodies.map((body) => () => faultOf(route, pathOf(route, things), body)))).toEqual(
      [],
    );
  });
});

describe('a URL', () => {
  it('that is wrong anywhere is refused by name', async () => {
    const asks = operations.flatMap(([route, { parameters = [] }]) => {
      const body = filled(SAMPLES[route] ?? {});
      const paths = parameters.flatMap(({ name, in: place }) => {
        if (place === 'query') return BAD_WORDS.map((word) => `${pathOf(route, things)}?${name}=${word}`);
        return place === 'path' ? BAD_WORDS.map((word) => pathOf(route, things, { [name]: word })) : [];
      });
      return paths.map((path) => () => faultOf(route, path, body));
    });

    expect(await faultsOf(asks)).toEqual([]);
  }, 60_000);

  it('of a list that asks something unknown is refused by name', async () => {
    const lists = operations.filter(([, { parameters = [] }]) =>
      parameters.some(({ in: place }) => place === 'query'),
    );
    const answers = await Promise.all(
      lists.map(async ([route]) => {
        const { status, text } = await ask(
          route,
          `${pathOf(route, things)}?unknown=1`,
          filled(SAMPLES[route] ?? {}),
        );
        return [route, status, text.includes('"field":"unknown"')];
      }),
    );

    expect(answers).toEqual(lists.map(([route]) => [route, 400, true]));
  });
});
