import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import {
  CompanyRepository,
  ContactRepository,
  Database,
  InboxRepository,
  type NewInboxRow,
  SegmentRepository,
  WorkspaceRepository,
} from '#database';
import { type Id, makeId, newContact, parseFilter, type Update } from '#domain';
import { Ids } from '#platform';
import { migrateQueue } from '#queue';
import { applyAll, startApply } from './support/apply-app.js';
import { floor } from './support/apply-floor.js';
import { mixedFilters, planName } from './support/segments.js';
import { median, report } from './support/statistics.js';
import { benchDatabase } from './support/store.js';
import { anEvent, mixed, type Turn } from './support/updates.js';

const CONTACTS = 5_000;
const COMPANIES = 200;
const UPDATES = Number(process.env['BENCH_UPDATES'] ?? 40_000);
const TURNS = Number(process.env['BENCH_TURNS'] ?? 3);
const NOW = Math.floor(Date.now() / 1000);
const SPAN = 3_600;

type Make = (turn: Turn) => Update;

const store = await benchDatabase();
await migrateQueue(store.url);
const app = await startApply(store.url);
const database = app.get(Database);
const workspaceId = await app.get(WorkspaceRepository).ensureFirst('bench', '00'.repeat(32));
const contacts = await makeContacts();
const companies = await makeCompanies();
const ofAll: Make = (turn) => mixed(turn, companies);
const product = () => applyAll(app);
const bare = () => floor(store.url);
let round = 0;

const floors: number[] = [];
const mixedFloors: number[] = [];
const mixedRates: number[] = [];
const rates = new Map<number, number[]>([10, 100, 1_000].map((count) => [count, []]));
let segments = 0;
for (let turn = 0; turn < TURNS; turn++) {
  for (const [count, measured] of rates) {
    if (turn === 0 || count < segments) await reset();
    await addSegments(count);
    measured.push(await timed(anEvent, product));
    floors.push(await timed(anEvent, bare));
    if (count !== 100) continue;
    await comeBack();
    mixedRates.push(await timed(ofAll, product));
    await comeBack();
    mixedFloors.push(await timed(ofAll, bare));
  }
}
const rate = (count: number): number => median(rates.get(count) ?? []);
report('the statements of apply alone', median(floors), { floor: median(floors) });
report('apply, 10 segments', rate(10), { floor: median(floors) });
report('apply, 100 segments', rate(100), { floor: median(floors), target: 0.5 });
report('apply, 1,000 segments', rate(1_000), { floor: median(floors) });
report('apply, 1,000 segments beside 10', rate(1_000), { floor: rate(10), target: 0.8 });
report('the same of mixed updates alone', median(mixedFloors), { floor: median(mixedFloors) });
report('apply, mixed, 100 segments', median(mixedRates), { floor: median(mixedFloors), target: 0.5 });
await app.close();
await store.drop();

async function makeContacts(): Promise<Id[]> {
  const made = Array.from({ length: CONTACTS }, (_, i) => {
    const contact = newContact(workspaceId, makeId(NOW - 1000 + i / 100, randomBytes(6)), NOW);
    const seenAt = NOW - 86_400 * (i % 90);
    Object.assign(contact.attributes, { role: 'user', last_seen_at: seenAt, external_id: `u${i}` });
    Object.assign(contact.customAttributes, { plan: planName(i), seats: i % 100, trial: true });
    return contact;
  });
  await database.transaction((tx) => app.get(ContactRepository).insert(made, tx));
  return made.map((contact) => contact.id);
}

function makeCompanies(): Promise<Id[]> {
  return database.transaction(async (tx) => {
    const made: Id[] = [];
    for (let i = 0; i < COMPANIES; i++) {
      const key = { workspaceId, id: app.get(Ids).next() };
      made.push((await app.get(CompanyRepository).ensure(key, `company ${i}`, NOW, tx)).id);
    }
    return made;
  });
}

async function reset(): Promise<void> {
  await database.query('DELETE FROM segment');
  await database.query('TRUNCATE segment_membership, segment_transition');
  await database.query('UPDATE workspace SET rules_version = rules_version + 1');
  await database.query('UPDATE contact SET next_due_at = NULL');
  segments = 0;
}

async function addSegments(count: number): Promise<void> {
  for (const filter of mixedFilters(count).slice(segments)) {
    const key = { workspaceId, id: app.get(Ids).next() };
    await app
      .get(SegmentRepository)
      .create(key, { name: 's', personType: 'contact', filter: parseFilter(filter) }, NOW);
  }
  await database.query(`UPDATE segment SET backfill_state = 'done'`);
  segments = count;
}

async function timed(make: Make, work: () => Promise<void>): Promise<number> {
  await database.query('TRUNCATE event, event_summary, inbox, session, attribute_change');
  await startSessions();
  await fillInbox(make);
  for (const table of ['contact', 'company', 'session', 'inbox'])
    await database.query(`VACUUM ANALYZE ${table}`);
  const started = performance.now();
  await work();
  return UPDATES / ((performance.now() - started) / 1000);
}

/** All were there shortly before, and nothing has been heard from them since. */
async function comeBack(): Promise<void> {
  await database.query(
    `UPDATE contact SET last_seen_at = to_timestamp($1), attributes = '{}', attribute_times = '{}', next_due_at = NULL`,
    [NOW - SPAN - 30],
  );
}

/** Most pings go on with a session that is there. */
async function startSessions(): Promise<void> {
  await database.query(
    `INSERT INTO session (lane, contact_id, platform, started_at, ended_at, workspace_id)
     SELECT lane, id, 'web', to_timestamp($1), to_timestamp($1 + 60), workspace_id FROM contact`,
    [NOW - SPAN - 90],
  );
}

async function fillInbox(make: Make): Promise<void> {
  round++;
  const rows = Array.from({ length: UPDATES }, (_, i): NewInboxRow => ({
    workspaceId,
    contactId: contacts[(i * 7919) % CONTACTS] ?? '',
    update: make({ i, at: NOW - SPAN + (i / UPDATES) * SPAN, round }),
  }));
  for (let i = 0; i < rows.length; i += 2_000)
    await app.get(InboxRepository).append(rows.slice(i, i + 2_000));
}
