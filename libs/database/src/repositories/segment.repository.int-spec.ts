import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Contact, type Id, laneOf, makeId } from '#domain';
import { testDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { ContactRepository } from './contact.repository.js';
import { MembershipRepository } from './membership.repository.js';
import { type SegmentKey, SegmentRepository } from './segment.repository.js';
import { WorkspaceRepository } from './workspace.repository.js';

const AT = 1_700_000_000;
const filter = { operator: 'AND', value: [{ field: 'email', operator: 'has_any_value' }] };
const definition = { name: 'Reachable', personType: 'user', filter } as const;

let test: TestDatabase;
let workspaces: WorkspaceRepository;
let segments: SegmentRepository;
let workspaceId: number;
beforeAll(async () => {
  test = await testDatabase();
  workspaces = new WorkspaceRepository(test.database);
  segments = new SegmentRepository(test.database, workspaces);
  workspaceId = await workspaces.ensureFirst('demo', 'ab'.repeat(32));
});
afterAll(() => test.drop());

let made = 0;
const anId = (): Id => makeId(AT, Uint8Array.of(0, 0, 0, 0, 0, made++));
const aKey = (): SegmentKey => ({ workspaceId, id: anId() });

async function rulesVersion(): Promise<number> {
  const [row] = await test.database.query<{ rules_version: number }>(
    'SELECT rules_version FROM workspace WHERE id = $1',
    [workspaceId],
  );
  return row?.rules_version ?? -1;
}

async function aSegmentThatIsFilled(): Promise<SegmentKey> {
  const key = aKey();
  await segments.create(key, definition, AT);
  await test.database.query(
    `UPDATE segment SET backfill_state = 'done', backfill_done = 9, backfill_total = 9, backfill_after = id`,
  );
  return key;
}

describe('a segment', () => {
  it('is kept as it was defined, waiting for its back-fill', async () => {
    const key = aKey();
    await segments.create(key, definition, AT);

    expect(await segments.find(key)).toMatchObject({
      ...key,
      ...definition,
      version: 1,
      backfillState: 'pending',
      createdAt: new Date(AT * 1000),
    });
  });

  it('belongs to its workspace', async () => {
    const { id } = await segments.create(aKey(), definition, AT);

    expect(await segments.find({ workspaceId: workspaceId + 1, id })).toBeNull();
    expect(await segments.update({ workspaceId: workspaceId + 1, id }, { name: 'x' }, AT)).toBeNull();
  });

  it('is the next version, to be back-filled anew, when its filter changes', async () => {
    const key = await aSegmentThatIsFilled();
    await segments.update(key, { filter: { field: 'email', operator: 'is_unknown' } }, AT + 1);

    expect(await segments.find(key)).toMatchObject({
      version: 2,
      backfillState: 'pending',
      backfillDone: 0,
      backfillTotal: 0,
      backfillAfter: null,
      updatedAt: new Date((AT + 1) * 1000),
    });
  });

  it('stays the same version when only its name changes', async () => {
    const key = await aSegmentThatIsFilled();
    const sameFilter = JSON.parse(JSON.stringify(filter)) as object;
    await segments.update(key, { name: 'Renamed', filter: sameFilter }, AT + 1);

    expect(await segments.find(key)).toMatchObject({ name: 'Renamed', version: 1, backfillState: 'done' });
  });

  it('is gone once removed, and a running back-fill sees another version', async () => {
    const key = await aSegmentThatIsFilled();
    const removed = await segments.remove(key, AT + 1);

    expect(removed?.version).toBe(2);
    expect(await segments.find(key)).toBeNull();
    expect(await segments.remove(key, AT + 1)).toBeNull();
    expect((await segments.listLive(workspaceId)).map(({ id }) => id)).not.toContain(key.id);
  });

  it('moves the rules of its workspace with every change', async () => {
    const key = aKey();
    const versions = [await rulesVersion()];
    await segments.create(key, definition, AT);
    versions.push(await rulesVersion());
    await segments.update(key, { name: 'Renamed' }, AT);
    versions.push(await rulesVersion());
    await segments.remove(key, AT);
    versions.push(await rulesVersion());

    const [first = 0] = versions;
    expect(versions).toEqual([first, first + 1, first + 2, first + 3]);
  });
});

describe('the members of a segment', () => {
  it('are counted and paged in the order of their ids', async () => {
    const { id } = await segments.create(aKey(), definition, AT);
    const members = [aContact(), aContact(), aContact()];
    await enter(id, members);

    const pages = [
      await segments.members(id, undefined, 2),
      await segments.members(id, members[1]?.id, 2),
      await segments.members(id, members[2]?.id, 2),
    ];

    expect(pages.map((page) => page.map((contact) => contact.id))).toEqual([
      [members[0]?.id, members[1]?.id],
      [members[2]?.id],
      [],
    ]);
    expect(await segments.counts([id, anId()])).toEqual(new Map([[id, 3]]));
  });
});

function aContact(): Contact {
  return {
    id: anId(),
    workspaceId,
    attributes: { role: 'user', created_at: AT, updated_at: AT, web_sessions: 0 },
    customAttributes: {},
    attributeTimes: {},
    archivedAt: null,
    blockedAt: null,
    sequence: 0,
    nextDueAt: null,
  };
}

async function enter(segmentId: Id, contacts: Contact[]): Promise<void> {
  await test.database.transaction(async (tx) => {
    await new ContactRepository(test.database).insert(contacts, tx);
    const how = { reason: 'rule', crossedAt: AT, noticedAt: AT } as const;
    const moves = contacts.map(({ id }) => ({ ...how, contactId: id, segmentId, workspaceId }));
    await new MembershipRepository().enter(moves, tx);
  });
  expect(new Set(contacts.map(({ id }) => laneOf(id))).size).toBe(contacts.length);
}
