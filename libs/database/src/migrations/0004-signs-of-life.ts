import type { MigrationInterface, QueryRunner } from 'typeorm';
import { formatPhones } from './format-phones.js';

/** What contacts do by themselves, from every source: their companies' sessions, their timeline, who may speak for them. */
export class SignsOfLife1764000000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [sessions, timeline, sources]) await runner.query(statement);
    await formatPhones(runner);
  }

  async down(): Promise<void> {
    throw new Error('Going back would lose what was accepted since: restore a backup instead');
  }
}

/**
 * The companies that the first activity of a run was for: the run counts as a session of theirs. An app may tell its start
 * late, and again: `told_from` and `told_until` are the first and the last time, null where that is `started_at`.
 */
const sessions = `
  ALTER TABLE session
    ADD COLUMN company_ids bytea[] NOT NULL DEFAULT '{}',
    ADD COLUMN told_from timestamptz,
    ADD COLUMN told_until timestamptz,
    SET (fillfactor = 80);
  ALTER TABLE contact
    ADD COLUMN ios_sessions integer NOT NULL DEFAULT 0,
    ADD COLUMN android_sessions integer NOT NULL DEFAULT 0;`;

/** What the timeline of a contact shows besides its events and sessions. Both are written once and never changed. */
const timeline = `
  CREATE TABLE attribute_change (
    lane         smallint NOT NULL,
    contact_id   bytea NOT NULL,
    id           bigint GENERATED ALWAYS AS IDENTITY,
    workspace_id integer NOT NULL,
    key          text NOT NULL,
    before       jsonb,
    after        jsonb,
    source       text NOT NULL,
    admin_id     integer,
    changed_at   timestamptz NOT NULL,
    PRIMARY KEY (lane, contact_id, changed_at, id)
  );

  CREATE TABLE segment_transition (
    lane         smallint NOT NULL,
    contact_id   bytea NOT NULL,
    id           bigint GENERATED ALWAYS AS IDENTITY,
    workspace_id integer NOT NULL,
    segment_id   bytea NOT NULL,
    entered      boolean NOT NULL,
    reason       text NOT NULL,
    crossed_at   timestamptz NOT NULL,
    noticed_at   timestamptz NOT NULL,
    PRIMARY KEY (lane, contact_id, crossed_at, id)
  );`;

/** A write key may only send; it is no secret where a browser has it. Secrets that sign for contacts are sealed. */
const sources = `
  ALTER TABLE workspace
    ADD COLUMN ip_addresses text NOT NULL DEFAULT 'full',
    ADD COLUMN identity_verification text NOT NULL DEFAULT 'off';

  CREATE TABLE write_key (
    id           bytea PRIMARY KEY,
    workspace_id integer NOT NULL REFERENCES workspace,
    name         text NOT NULL,
    prefix       text NOT NULL,
    sha256       bytea NOT NULL UNIQUE,
    created_at   timestamptz NOT NULL
  );
  CREATE INDEX write_key_workspace ON write_key (workspace_id);

  CREATE TABLE identity_secret (
    id           bytea PRIMARY KEY,
    workspace_id integer NOT NULL REFERENCES workspace,
    name         text NOT NULL,
    secret       bytea NOT NULL,
    created_at   timestamptz NOT NULL
  );
  CREATE INDEX identity_secret_workspace ON identity_secret (workspace_id);`;
