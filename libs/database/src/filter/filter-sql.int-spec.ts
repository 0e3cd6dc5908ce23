import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  compileFilter,
  type Contact,
  type Filter,
  type Id,
  laneOf,
  makeId,
  newContact,
  resolveFilter,
  type Subject,
} from '#domain';
import { testDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { filter, instant, subject, ZONES } from '../../../../test/support/filter-arbitraries.js';
import { naiveTest } from '../../../../test/support/naive-filter.js';
import { ContactRepository } from '../repositories/contact.repository.js';
import { EventRepository } from '../repositories/event.repository.js';
import { contactColumns } from './contact-columns.js';
import { filterSql } from './filter-sql.js';
import { Parameters } from './parameters.js';

const SEED = 20_261_125;
const WORKSPACE = 1;
const CONTACTS = 250;
const FILTERS = 400;

let test: TestDatabase;
const subjects = new Map<Id, Subject>();

beforeAll(async () => {
  test = await testDatabase();
  for (const [n, one] of fc.sample(subject, { seed: SEED, numRuns: CONTACTS }).entries())
    subjects.set(makeId(n, Uint8Array.of(0, 0, 0, 0, n >> 8, n & 255)), stored(one));
  await test.database.transaction(async (tx) => {
    await new ContactRepository(test.database).insert([...subjects].map(contactOf), tx);
    await new EventRepository(test.database).saveSummaries([...subjects].flatMap(summariesOf), tx);
  });
});
afterAll(() => test.drop());

/** As it is stored: sessions are never unknown, and are whole. */
function stored({ attributes, ...rest }: Subject): Subject {
  const whole = (name: string) => Math.trunc(Number(attributes[name] ?? 0));
  const counts = { web_sessions: whole('web_sessions'), ios_sessions: whole('ios_sessions') };
  return { ...rest, attributes: { ...attributes, ...counts } };
}

function contactOf([id, { attributes, customAttributes }]: [Id, Subject]): Contact {
  const contact = newContact(WORKSPACE, id, 0);
  const given = { ...contact.attributes, ...attributes, role: 'user' };
  return { ...contact, attributes: given, customAttributes: { ...customAttributes } };
}

function summariesOf([contactId, { events }]: [Id, Subject]) {
  return Object.entries(events).map(([name, summary]) => ({
    contactId,
    workspaceId: WORKSPACE,
    name,
    ...summary,
  }));
}

async function matching(resolved: ReturnType<typeof resolveFilter>): Promise<Id[]> {
  const parameters = new Parameters();
  const where = filterSql(resolved, contactColumns, parameters);
  const rows = await test.database.queryOnce<{ id: Id }>(
    `SELECT c.id FROM contact c WHERE ${where} ORDER BY c.id`,
    parameters.values,
  );
  return rows.map(({ id }) => id);
}

describe('A filter in SQL', () => {
  it('agrees with the compiled one and with the naive reading of the rules', async () => {
    const runs = fc.asyncProperty(filter, instant, fc.constantFrom(...ZONES), async (filter, now, zone) => {
      const { test } = compileFilter(filter, zone);
      const answers = [...subjects].filter(([, subject]) => test(subject, now));
      const naive = [...subjects].filter(([, subject]) => naiveTest(filter, subject, { zone, now }));
      expect(naive).toEqual(answers);
      expect(await matching(resolveFilter(filter, { zone, now }))).toEqual(answers.map(([id]) => id));
    });
    await fc.assert(runs, { seed: SEED, numRuns: FILTERS });
  }, 60_000);

  const first = () => [...subjects.keys()].at(0) ?? '';
  it.each<[string, Filter, (id: Id) => boolean]>([
    [
      'an id',
      { field: 'id', operator: 'IN', value: [makeId(0, new Uint8Array(6)), 'none'] },
      (id) => id === first(),
    ],
    ['no id', { field: 'id', operator: '!=', value: 'none' }, () => true],
    ['the end of an id', { field: 'id', operator: '$', value: '0F' }, (id) => laneOf(id) === 15],
  ])('finds by %s', async (_, filter, expected) => {
    expect(await matching(resolveFilter(filter, { zone: 'UTC', now: 0 }))).toEqual(
      [...subjects.keys()].filter(expected),
    );
  });

  it('looks up no name that every object inherits, nor takes a name for SQL', async () => {
    for (const name of ['constructor', '__proto__', `a' OR true --`])
      for (const operator of ['has_any_value', 'is_unknown'] as const) {
        const found = await matching(
          resolveFilter({ field: `custom_attributes.${name}`, operator }, { zone: 'UTC', now: 0 }),
        );
        expect(found).toHaveLength(operator === 'is_unknown' ? CONTACTS : 0);
      }
  });
});
