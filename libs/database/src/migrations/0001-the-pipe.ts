import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Configuration is small and replicated everywhere. Every table that belongs to a contact starts its primary key
 * with `lane` and has no other unique constraint, so that one apply transaction lives on one node of a distributed
 * Postgres; `contact_identity` is spread by its value, `delivery` and `delivery_attempt` by endpoint.
 */
export class ThePipe1764000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [configuration, contacts, inbox, facts, segments, outbox])
      await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('There is nothing before the first migration: drop the database instead');
  }
}

const configuration = `
  CREATE TABLE workspace (
    id            integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    app_id        text NOT NULL UNIQUE,
    time_zone     text NOT NULL DEFAULT 'UTC',
    rules_version bigint NOT NULL DEFAULT 0,
    created_at    timestamptz NOT NULL DEFAULT now()
  );

  CREATE TABLE access_token (
    sha256       bytea PRIMARY KEY,
    workspace_id integer NOT NULL REFERENCES workspace,
    created_at   timestamptz NOT NULL DEFAULT now()
  );`;

const contacts = `
  CREATE TABLE contact (
    lane              smallint NOT NULL,
    id                bytea NOT NULL,
    workspace_id      integer NOT NULL,
    role              text NOT NULL,
    external_id       text,
    email             text,
    created_at        timestamptz NOT NULL,
    updated_at        timestamptz NOT NULL,
    signed_up_at      timestamptz,
    last_seen_at      timestamptz,
    web_sessions      integer NOT NULL DEFAULT 0,
    attributes        jsonb NOT NULL DEFAULT '{}',
    custom_attributes jsonb NOT NULL DEFAULT '{}',
    attribute_times   jsonb NOT NULL DEFAULT '{}',
    sequence          bigint NOT NULL DEFAULT 0,
    next_due_at       timestamptz,
    PRIMARY KEY (lane, id)
  ) WITH (fillfactor = 80);
  CREATE INDEX contact_next_due_at ON contact (next_due_at) WHERE next_due_at IS NOT NULL;
  CREATE INDEX contact_email ON contact (workspace_id, email) WHERE email IS NOT NULL;

  CREATE TABLE contact_identity (
    value        text NOT NULL,
    kind         text NOT NULL,
    workspace_id integer NOT NULL,
    contact_id   bytea NOT NULL,
    PRIMARY KEY (value, kind, workspace_id)
  );`;

/** The inbox is a queue: rows live for milliseconds, so vacuum must come early and often. */
const inbox = `
  CREATE TABLE inbox (
    lane         smallint NOT NULL,
    id           bigint GENERATED ALWAYS AS IDENTITY,
    workspace_id integer NOT NULL,
    contact_id   bytea NOT NULL,
    kind         text NOT NULL,
    payload      jsonb NOT NULL,
    accepted_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (lane, id)
  ) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_analyze_threshold = 50000);

  CREATE TABLE inbox_failed (
    lane         smallint NOT NULL,
    id           bigint NOT NULL,
    workspace_id integer NOT NULL,
    contact_id   bytea NOT NULL,
    kind         text NOT NULL,
    payload      jsonb NOT NULL,
    accepted_at  timestamptz NOT NULL,
    failed_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    error        text NOT NULL,
    PRIMARY KEY (lane, id)
  );`;

/** Events before 2020 share one partition; from then on there is one a month, made by the first event of that month. */
const facts = `
  CREATE TABLE event (
    lane         smallint NOT NULL,
    contact_id   bytea NOT NULL,
    name         text NOT NULL,
    created_at   timestamptz NOT NULL,
    dedupe_key   text NOT NULL DEFAULT '',
    id           bytea NOT NULL,
    workspace_id integer NOT NULL,
    metadata     jsonb NOT NULL DEFAULT '{}',
    accepted_at  timestamptz NOT NULL,
    PRIMARY KEY (lane, contact_id, name, created_at, dedupe_key)
  ) PARTITION BY RANGE (created_at);
  CREATE TABLE event_before_2020 PARTITION OF event FOR VALUES FROM (MINVALUE) TO ('2020-01-01 00:00:00+00');

  CREATE TABLE event_summary (
    lane         smallint NOT NULL,
    contact_id   bytea NOT NULL,
    name         text NOT NULL,
    workspace_id integer NOT NULL,
    count        bigint NOT NULL,
    first_at     timestamptz NOT NULL,
    last_at      timestamptz NOT NULL,
    PRIMARY KEY (lane, contact_id, name)
  ) WITH (fillfactor = 80);

  CREATE TABLE session (
    lane         smallint NOT NULL,
    contact_id   bytea NOT NULL,
    platform     text NOT NULL,
    started_at   timestamptz NOT NULL,
    ended_at     timestamptz NOT NULL,
    workspace_id integer NOT NULL,
    PRIMARY KEY (lane, contact_id, platform, started_at)
  );`;

const segments = `
  CREATE TABLE segment (
    id             bytea PRIMARY KEY,
    workspace_id   integer NOT NULL REFERENCES workspace,
    name           text NOT NULL,
    person_type    text NOT NULL,
    filter         jsonb NOT NULL,
    version        integer NOT NULL DEFAULT 1,
    backfill_state text NOT NULL DEFAULT 'pending',
    backfill_done  bigint NOT NULL DEFAULT 0,
    backfill_total bigint NOT NULL DEFAULT 0,
    backfill_after bytea,
    created_at     timestamptz NOT NULL,
    updated_at     timestamptz NOT NULL,
    deleted_at     timestamptz
  );
  CREATE INDEX segment_workspace ON segment (workspace_id);

  CREATE TABLE segment_membership (
    lane         smallint NOT NULL,
    contact_id   bytea NOT NULL,
    segment_id   bytea NOT NULL,
    workspace_id integer NOT NULL,
    entered_at   timestamptz NOT NULL,
    PRIMARY KEY (lane, contact_id, segment_id)
  );
  CREATE INDEX segment_membership_members ON segment_membership (segment_id, contact_id);`;

/** A delivery waits in Postgres: \`next_at\` is when it is due, or when the lease of the attempt in flight ends. */
const outbox = `
  CREATE TABLE notification (
    lane         smallint NOT NULL,
    id           bytea NOT NULL,
    workspace_id integer NOT NULL,
    contact_id   bytea,
    sequence     bigint,
    topic        text NOT NULL,
    body         text NOT NULL,
    created_at   timestamptz NOT NULL,
    PRIMARY KEY (lane, id)
  );

  CREATE TABLE endpoint (
    id              bytea PRIMARY KEY,
    workspace_id    integer NOT NULL REFERENCES workspace,
    url             text NOT NULL,
    topics          text[] NOT NULL,
    description     text NOT NULL DEFAULT '',
    secret          bytea NOT NULL,
    state           text NOT NULL DEFAULT 'enabled',
    disabled_reason text,
    blocked_until   timestamptz,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    deleted_at      timestamptz
  );
  CREATE INDEX endpoint_workspace ON endpoint (workspace_id);

  CREATE TABLE delivery (
    endpoint_id       bytea NOT NULL,
    id                bytea NOT NULL,
    workspace_id      integer NOT NULL,
    notification_lane smallint NOT NULL,
    notification_id   bytea NOT NULL,
    topic             text NOT NULL,
    state             text NOT NULL DEFAULT 'pending',
    attempts          integer NOT NULL DEFAULT 0,
    manual_attempts   integer NOT NULL DEFAULT 0,
    next_at           timestamptz,
    lease_id          bytea,
    created_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
    finished_at       timestamptz,
    PRIMARY KEY (endpoint_id, id)
  ) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);
  CREATE INDEX delivery_due ON delivery (endpoint_id, next_at) WHERE state = 'pending';
  CREATE INDEX delivery_workspace ON delivery (workspace_id, id);

  CREATE TABLE delivery_attempt (
    endpoint_id  bytea NOT NULL,
    delivery_id  bytea NOT NULL,
    number       integer NOT NULL,
    started_at   timestamptz NOT NULL,
    duration_ms  integer NOT NULL,
    status_code  integer,
    error        text,
    response     text,
    PRIMARY KEY (endpoint_id, delivery_id, number)
  );`;
