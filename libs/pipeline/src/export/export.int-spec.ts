import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bytes } from '#database';
import {
  DataExportRepository,
  type ExportRange,
  type ExportWork,
  ExportWorkRepository,
  type NewNotification,
  NotificationRepository,
  type Transaction,
  WorkspaceRepository,
} from '#database';
import { type Id, makeId } from '#domain';
import { Clock, Ids, Logger } from '#platform';
import { testDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { ExportPage, MAX_EXPORT_ROWS } from './export-page.js';
import { ExportService } from './export.service.js';

const HOUR = 3_600;
const HEADER =
  'user_id,user_external_id,company_id,email,name,content_id,content_type,content_title,receipt_id,received_at,topic';

let store: TestDatabase;
let workspaceId: number;
let exports: DataExportRepository;
let notifications: NotificationRepository;
beforeAll(async () => {
  store = await testDatabase();
  workspaceId = await new WorkspaceRepository(store.database).ensureFirst('demo', 'aa'.repeat(32));
  exports = new DataExportRepository(store.database);
  notifications = new NotificationRepository(store.database);
});
afterAll(() => store.drop());

const ids = new Ids(new Clock());

/** Times of its own for each test, an hour apart from the others'. */
let hours = 0;
const nextHour = (): ExportRange => {
  const after = 1_700_000_000 + ++hours * 2 * HOUR;
  return { after, before: after + HOUR };
};

const idAt = (at: number): Id =>
  makeId(
    at,
    Uint8Array.from({ length: 6 }, () => Math.random() * 256),
  );

const told = (createdAt: number, overrides: Partial<NewNotification> = {}): NewNotification => ({
  id: idAt(createdAt),
  workspaceId,
  contactId: idAt(createdAt),
  sequence: 1,
  topic: 'contact.user.created',
  body: JSON.stringify({ type: 'contact.user.created', data: { contact: { external_id: 'u1' } } }),
  createdAt,
  ...overrides,
});

const started = async (range: ExportRange): Promise<Id> => {
  const id = ids.next();
  expect(await exports.create({ workspaceId, id }, range)).toBeDefined();
  return id;
};

const service = (page = new ExportPage(notifications)) =>
  new ExportService(store.database, new ExportWorkRepository(store.database), page, Logger.at('silent'));

const stateOf = async (id: Id) => (await exports.find({ workspaceId, id }))?.state;

async function linesOf(id: Id): Promise<string[]> {
  const chunks: Buffer[] = [];
  for await (const chunk of exports.content(id)) chunks.push(chunk);
  expect((await exports.find({ workspaceId, id }))?.size).toBe(Buffer.concat(chunks).length);
  return gunzipSync(Buffer.concat(chunks)).toString().trimEnd().split('\r\n');
}

/** As when the store goes away, or the worker dies, after so many pages. */
class EndingPage extends ExportPage {
  constructor(
    private pages: number,
    private readonly error: Error,
  ) {
    super(notifications);
  }

  override make(work: ExportWork, tx: Transaction) {
    if (this.pages-- === 0) throw this.error;
    return super.make(work, tx);
  }
}

describe('an export', () => {
  it('has a row for everything that was told about a contact', async () => {
    const range = nextHour();
    const contact = { external_id: 'ada', email: 'ada@example.com', name: '=Ada, "Countess"' };
    const about = (topic: string, data: object) =>
      told(range.after, { topic, body: JSON.stringify({ type: topic, data: { contact, ...data } }) });
    const rows = [
      about('segment.entered', { segment: { id: 's1', name: 'Buyers' } }),
      about('event.created', { event: { id: 'e1', event_name: 'purchased' } }),
      about('contact.user.updated', {}),
      told(range.after, { topic: 'segment.left', body: 'redacted' }),
    ];
    await notifications.insert([...rows, told(range.after, { contactId: null, topic: 'ping' })]);
    const id = await started(range);
    await service().run(id);

    const who = (i: number) => `${rows[i]?.contactId},ada,-1,ada@example.com,"'=Ada, ""Countess"""`;
    const end = (i: number) => `${rows[i]?.id},${range.after},${rows[i]?.topic}`;
    const [header, ...lines] = await linesOf(id);
    expect(header).toBe(HEADER);
    expect(lines.sort()).toEqual(
      [
        `${who(0)},s1,segment,Buyers,${end(0)}`,
        `${who(1)},e1,event,purchased,${end(1)}`,
        `${who(2)},${rows[2]?.contactId},contact,,${end(2)}`,
        `${rows[3]?.contactId},,-1,,,${rows[3]?.contactId},contact,,${end(3)}`,
      ].sort(),
    );
  });

  it('is of its range, both ends included, and of its workspace', async () => {
    const range = nextHour();
    const times = [range.after - 0.5, range.after, range.before + 0.9, range.before + 1];
    await notifications.insert(times.map((at) => told(at)));
    await notifications.insert([told(range.after, { workspaceId: workspaceId + 1 })]);
    const id = await started(range);
    await service().run(id);
    const lines = (await linesOf(id)).slice(1);

    expect(lines.map((line) => Number(line.split(',').at(-2))).sort()).toEqual([range.after, range.before]);
  });

  it('of nothing is done without a file', async () => {
    const id = await started(nextHour());
    await service().run(id);

    expect(await exports.find({ workspaceId, id })).toMatchObject({
      state: 'no_data',
      size: 0,
      expiresAt: null,
    });
  });

  it('goes on where it was when its worker died, each row once', async () => {
    const range = nextHour();
    const rows = Array.from({ length: 12_000 }, (_, i) => told(range.after + (i % HOUR)));
    await notifications.insert(rows);
    const id = await started(range);
    const lost = Object.assign(new Error('terminating connection'), { code: '57P01' });
    await expect(service(new EndingPage(1, lost)).run(id)).rejects.toThrow('terminating');
    const halfway = await stateOf(id);
    await service().run(id);

    expect([halfway, await stateOf(id)]).toEqual(['in_progress', 'completed']);
    const [header, ...lines] = await linesOf(id);
    expect(header).toBe(HEADER);
    expect(lines).toHaveLength(rows.length);
    expect(new Set(lines.map((line) => line.split(',').at(-3)))).toEqual(new Set(rows.map((row) => row.id)));
  });

  it('ends at ten million rows', async () => {
    const range = nextHour();
    await notifications.insert([1, 2, 3].map((second) => told(range.after + second)));
    const linesWithRoomFor = async (rows: number) => {
      const id = await started(range);
      await store.database.query('UPDATE data_export SET rows = $2 WHERE id = $1', [
        `\\x${id}`,
        MAX_EXPORT_ROWS - rows,
      ]);
      await service().run(id);
      expect(await stateOf(id)).toBe('completed');
      return (await linesOf(id)).length;
    };

    expect(MAX_EXPORT_ROWS).toBe(10_000_000);
    expect([await linesWithRoomFor(3), await linesWithRoomFor(2)]).toEqual([3, 2]);
  });

  it('is left to whoever has it', async () => {
    const id = await started(nextHour());
    await store.database.transaction(async (tx) => {
      await new ExportWorkRepository(store.database).claim(id, tx);
      await service().run(id);
    });
    const before = await stateOf(id);
    await service().run(id);

    expect([before, await stateOf(id)]).toEqual(['pending', 'no_data']);
  });

  it('that cannot be written has failed, and nothing is left of it', async () => {
    const range = nextHour();
    await notifications.insert(Array.from({ length: 5_001 }, () => told(range.after)));
    const id = await started(range);
    await service(new EndingPage(1, new Error('broken'))).run(id);

    expect(await exports.find({ workspaceId, id })).toMatchObject({ state: 'failed', size: 0 });
  });

  it.each([
    [9_999_998, 2],
    [9_999_999, 1],
  ])('that has %i rows gets no more than up to ten million', async (before, added) => {
    const range = nextHour();
    await notifications.insert([0, 1].map(() => told(range.after)));
    const id = await started(range);
    await store.database.query('UPDATE data_export SET rows = $1 WHERE id = $2', [before, bytes(id)]);
    await service().run(id);

    expect(await stateOf(id)).toBe('completed');
    expect(await linesOf(id)).toHaveLength(added);
  });
});

describe('a file', () => {
  it('is kept for two days, and deleted by the sweep', async () => {
    const range = nextHour();
    await notifications.insert([told(range.after)]);
    const id = await started(range);
    await service().run(id);
    const kept = await exports.find({ workspaceId, id });
    const work = new ExportWorkRepository(store.database);
    await work.deleteExpired();
    const still = await linesOf(id);
    await store.database.query('UPDATE data_export SET expires_at = now() WHERE id = $1', [bytes(id)]);
    await work.deleteExpired();

    expect((kept?.expiresAt ?? 0) - Date.now() / 1000).toBeCloseTo(48 * HOUR, -2);
    expect(still).toHaveLength(2);
    expect(await exports.find({ workspaceId, id })).toMatchObject({ expired: true, size: 0 });
  });
});
