import { Test, type TestingModule } from '@nestjs/testing';
import { createHash } from 'node:crypto';
import type { Type } from '@nestjs/common';
import { bytes } from '#database';
import {
  Database,
  DatabaseModule,
  EndpointRepository,
  type Row,
  type Segment,
  SegmentRepository,
  WorkspaceRepository,
} from '#database';
import { type Filter, parseFilter } from '#domain';
import {
  AcceptModule,
  AcceptService,
  ApplyModule,
  BackfillModule,
  ContactLifeModule,
  ContactFinder,
  ContactService,
  DueModule,
  VerifyModule,
  TimedAttributesService,
} from '#pipeline';
import { Clock, type Config, Ids, Logger, PlatformModule } from '#platform';
import { JobProducer, migrateQueue, QueueModule } from '#queue';
import { testConfig, TOKEN } from './config.js';
import { testDatabase } from './database.js';
import { waitFor } from './wait-for.js';

/** Accept and apply in one process, over a database of its own and a first workspace. */
export class TestMuster {
  private constructor(
    private readonly app: TestingModule,
    private readonly store: Awaited<ReturnType<typeof testDatabase>>,
    readonly workspaceId: number,
  ) {}

  static async start(settings: Partial<Config> = {}): Promise<TestMuster> {
    const store = await testDatabase();
    await migrateQueue(store.url);
    const config = testConfig({ DATABASE_URL: store.url, ...settings });
    const app = await Test.createTestingModule({
      imports: [
        PlatformModule.forRoot(config, Logger.at(config.LOG_LEVEL)),
        DatabaseModule,
        QueueModule.forRoot(['apply.lanes', 'backfill.segment']),
        AcceptModule,
        ApplyModule,
        BackfillModule,
        ContactLifeModule,
        DueModule,
        VerifyModule,
      ],
    }).compile();
    await app.init();
    const sha256 = createHash('sha256').update(TOKEN).digest('hex');
    const workspaceId = await app.get(WorkspaceRepository).ensureFirst('demo', sha256);
    return new TestMuster(app, store, workspaceId);
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.store.drop();
  }

  get<T>(type: Type<T>): T {
    return this.app.get(type, { strict: false });
  }

  get accept(): AcceptService {
    return this.get(AcceptService);
  }

  get timed(): TimedAttributesService {
    return this.get(TimedAttributesService);
  }

  get finder(): ContactFinder {
    return this.get(ContactFinder);
  }

  get contacts(): ContactService {
    return this.get(ContactService);
  }

  get now(): number {
    return this.get(Clock).now();
  }

  query<T = Row>(sql: string, parameters: unknown[] = []): Promise<T[]> {
    return this.get(Database).query<T>(sql, parameters);
  }

  /** A user with this external id, and more. */
  async user(externalId: string, customAttributes: Record<string, string | number | boolean> = {}) {
    const attributes = { role: 'user', external_id: externalId };
    return this.contacts.create(this.workspaceId, { attributes, customAttributes });
  }

  /** A segment whose members are worked out. */
  async segment(name: string, filter: unknown): Promise<Segment> {
    const key = { workspaceId: this.workspaceId, id: this.get(Ids).next() };
    const definition = { name, personType: 'contact' as const, filter: parseFilter(filter) satisfies Filter };
    const segment = await this.get(SegmentRepository).create(key, definition, this.now);
    this.get(JobProducer).hint('backfill.segment', { segmentId: segment.id });
    await waitFor(async () => (await this.get(SegmentRepository).find(key))?.backfillState === 'done');
    return segment;
  }

  /** An endpoint that nobody delivers to: what it would get stays in the outbox. */
  async endpoint(...topics: string[]): Promise<string> {
    const endpoint = {
      workspaceId: this.workspaceId,
      url: 'https://example.com',
      description: '',
      secret: '00',
    };
    const created = await this.get(EndpointRepository).create(
      { ...endpoint, id: this.get(Ids).next(), topics },
      this.now,
    );
    return created.id;
  }

  /** Waits until everything that was accepted is applied. */
  async settled(): Promise<void> {
    await waitFor(async () => (await this.query('SELECT FROM inbox LIMIT 1')).length === 0);
  }

  /** External ids of a segment's members, in order. */
  async members(segment: Pick<Segment, 'id'>): Promise<string[]> {
    const rows = await this.query<{ external_id: string }>(
      `SELECT c.external_id FROM segment_membership m JOIN contact c ON c.lane = m.lane AND c.id = m.contact_id
       WHERE m.segment_id = $1 ORDER BY 1`,
      [bytes(segment.id)],
    );
    return rows.map((row) => row.external_id);
  }

  /** What the outbox holds, by contact in the order of their numbers. */
  async notifications(): Promise<{ topic: string; sequence: number; body: Notified }[]> {
    const rows = await this.query<{ topic: string; sequence: number; body: string }>(
      'SELECT topic, sequence, body FROM notification ORDER BY contact_id, sequence',
    );
    return rows.map((row) => ({ ...row, body: JSON.parse(row.body) as Notified }));
  }
}

export interface Notified {
  readonly type: string;
  readonly timestamp: string;
  readonly data: Record<string, unknown> & { sequence: number; contact?: Record<string, unknown> };
}
