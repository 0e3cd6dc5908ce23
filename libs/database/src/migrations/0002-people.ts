import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a person has besides events and sessions: companies, tags, notes, consents, and what happens to them as a whole
 * (archived, blocked, merged). As before, what belongs to a contact starts its primary key with the contact's lane.
 */
export class People1764000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [admins, contacts, attributes, companies, tags, notes, consents, events, exports])
      await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('Going back would lose what was accepted since: restore a backup instead');
  }
}

/** Whoever holds an access token acts as its admin. */
const admins = `
  CREATE TABLE admin (
    id           integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace_id integer NOT NULL REFERENCES workspace,
    name         text NOT NULL,
    email        text NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    UNIQUE (workspace_id, email)
  );
  INSERT INTO admin (workspace_id, name, email) SELECT id, 'Owner', 'owner@' || app_id || '.example' FROM workspace;

  ALTER TABLE access_token ADD COLUMN admin_id integer REFERENCES admin;
  UPDATE access_token SET admin_id = admin.id FROM admin WHERE admin.workspace_id = access_token.workspace_id;
  ALTER TABLE access_token ALTER COLUMN admin_id SET NOT NULL;`;

/**
 * What searches are sorted by: pages are read along these indexes. Events move none of them, so applying one still
 * rewrites no index; a sign of life moves \`last_seen_at\`, and pays for all of them.
 */
const SORTED_TIMES = ['created_at', 'updated_at', 'signed_up_at', 'last_seen_at'];

/**
 * A merged contact is gone; its id leads to the contact that it was merged into, which always exists. The other two
 * indexes find what is known of a contact when it is merged or erased.
 */
const contacts = `
  ALTER TABLE contact ADD COLUMN archived_at timestamptz, ADD COLUMN blocked_at timestamptz;
${SORTED_TIMES.map((time) => `  CREATE INDEX contact_${time} ON contact (workspace_id, ${time}, id) WHERE archived_at IS NULL;`).join('\n')}
  CREATE INDEX contact_external_id ON contact (workspace_id, external_id) WHERE external_id IS NOT NULL;
  CREATE INDEX contact_custom_attributes ON contact USING gin (custom_attributes jsonb_path_ops);

  CREATE TABLE contact_redirect (
    lane         smallint NOT NULL,
    id           bytea NOT NULL,
    workspace_id integer NOT NULL,
    into_id      bytea NOT NULL,
    external_id  text,
    email        text,
    merged_at    timestamptz NOT NULL,
    PRIMARY KEY (lane, id)
  );
  CREATE INDEX contact_redirect_into ON contact_redirect (into_id, merged_at);
  CREATE INDEX contact_identity_contact ON contact_identity (contact_id);
  CREATE INDEX delivery_notification ON delivery (notification_id);`;

/** Standard attributes are code; this declares the custom ones. Those that contacts have are declared by the oldest. */
const attributes = `
  ALTER TABLE workspace ADD COLUMN unknown_attributes text NOT NULL DEFAULT 'create';

  CREATE TABLE data_attribute (
    id                 integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace_id       integer NOT NULL REFERENCES workspace,
    model              text NOT NULL,
    name               text NOT NULL,
    data_type          text NOT NULL,
    options            text[],
    label              text NOT NULL,
    description        text NOT NULL DEFAULT '',
    messenger_writable boolean NOT NULL DEFAULT true,
    archived           boolean NOT NULL DEFAULT false,
    admin_id           integer,
    created_at         timestamptz NOT NULL,
    updated_at         timestamptz NOT NULL,
    UNIQUE (workspace_id, name)
  );
  INSERT INTO data_attribute (workspace_id, model, name, data_type, label, created_at, updated_at)
  SELECT DISTINCT ON (workspace_id, key) workspace_id, 'contact', key,
         CASE jsonb_typeof(value) WHEN 'boolean' THEN 'boolean'
              WHEN 'number' THEN CASE WHEN right(key, 3) = '_at' THEN 'date' ELSE 'float' END
              ELSE 'string' END,
         key, now(), now()
  FROM contact, jsonb_each(custom_attributes) ORDER BY workspace_id, key, created_at, id;`;

/**
 * A contact's companies belong to the contact; the index serves the company's side. A workspace has one open scroll over
 * its companies, and one over its users.
 */
const companies = `
  CREATE TABLE company (
    id                bytea NOT NULL,
    workspace_id      integer NOT NULL,
    company_id        text NOT NULL,
    name              text,
    plan              text,
    monthly_spend     integer NOT NULL DEFAULT 0,
    size              integer,
    industry          text,
    website           text,
    custom_attributes jsonb NOT NULL DEFAULT '{}',
    session_count     integer NOT NULL DEFAULT 0,
    last_request_at   timestamptz,
    remote_created_at timestamptz,
    created_at        timestamptz NOT NULL,
    updated_at        timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, company_id)
  );
  CREATE INDEX company_name ON company (workspace_id, name);
  CREATE INDEX company_last_request_at ON company (workspace_id, last_request_at DESC NULLS LAST, id DESC);

  CREATE TABLE contact_company (
    lane         smallint NOT NULL,
    contact_id   bytea NOT NULL,
    company_id   bytea NOT NULL,
    workspace_id integer NOT NULL,
    attached_at  timestamptz NOT NULL,
    PRIMARY KEY (lane, contact_id, company_id)
  );
  CREATE INDEX contact_company_people ON contact_company (company_id, contact_id);

  CREATE TABLE scroll (
    workspace_id integer NOT NULL REFERENCES workspace,
    list         text NOT NULL,
    id           bytea NOT NULL,
    after_id     bytea NOT NULL,
    used_at      timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, list)
  );`;

const tags = `
  CREATE TABLE tag (
    id           integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace_id integer NOT NULL REFERENCES workspace,
    name         text NOT NULL,
    created_at   timestamptz NOT NULL
  );
  CREATE UNIQUE INDEX tag_name ON tag (workspace_id, lower(name));

  CREATE TABLE contact_tag (
    lane         smallint NOT NULL,
    contact_id   bytea NOT NULL,
    tag_id       integer NOT NULL,
    workspace_id integer NOT NULL,
    applied_at   timestamptz NOT NULL,
    applied_by   integer,
    PRIMARY KEY (lane, contact_id, tag_id)
  );
  CREATE INDEX contact_tag_contacts ON contact_tag (tag_id, contact_id);

  CREATE TABLE company_tag (
    workspace_id integer NOT NULL,
    company_id   bytea NOT NULL,
    tag_id       integer NOT NULL,
    applied_at   timestamptz NOT NULL,
    applied_by   integer,
    PRIMARY KEY (workspace_id, company_id, tag_id)
  );
  CREATE INDEX company_tag_companies ON company_tag (tag_id, company_id);`;

const notes = `
  CREATE TABLE note (
    lane         smallint NOT NULL,
    contact_id   bytea NOT NULL,
    id           bigint GENERATED ALWAYS AS IDENTITY,
    workspace_id integer NOT NULL,
    body         text NOT NULL,
    author_id    integer,
    created_at   timestamptz NOT NULL,
    PRIMARY KEY (lane, contact_id, id)
  );
  CREATE INDEX note_id ON note (id);`;

/** What a contact has not decided follows the \`consent_type\` of the subscription type. */
const consents = `
  CREATE TABLE subscription_type (
    id           integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace_id integer NOT NULL REFERENCES workspace,
    name         text NOT NULL,
    description  text NOT NULL DEFAULT '',
    state        text NOT NULL DEFAULT 'live',
    consent_type text NOT NULL,
    content_types text[] NOT NULL DEFAULT '{email}',
    created_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL
  );
  CREATE INDEX subscription_type_workspace ON subscription_type (workspace_id);

  CREATE TABLE contact_subscription (
    lane                 smallint NOT NULL,
    contact_id           bytea NOT NULL,
    subscription_type_id integer NOT NULL,
    workspace_id         integer NOT NULL,
    consent_type         text NOT NULL,
    decided_at           timestamptz NOT NULL,
    PRIMARY KEY (lane, contact_id, subscription_type_id)
  );`;

/**
 * What was told as history counts, but is not there to be listed. A key is looked for whatever the time of its event. A
 * session that a client told to start does not join the one before. The names of a workspace's events are counted; those
 * that were sent before are declared.
 */
const events = `
  ALTER TABLE session ADD COLUMN told boolean NOT NULL DEFAULT false;
  ALTER TABLE event_summary ADD COLUMN seeded bigint NOT NULL DEFAULT 0;
  CREATE INDEX event_dedupe_key ON event (lane, contact_id, name, dedupe_key) WHERE dedupe_key <> '';

  CREATE TABLE event_name (
    workspace_id integer NOT NULL REFERENCES workspace,
    name         text NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (workspace_id, name)
  );
  INSERT INTO event_name (workspace_id, name) SELECT DISTINCT workspace_id, name FROM event_summary;`;

/** One active export a workspace. It is written piece by piece: `after_lane` and `after_id` say how far that is. */
const exports = `
  CREATE TABLE data_export (
    id           bytea PRIMARY KEY,
    workspace_id integer NOT NULL REFERENCES workspace,
    state        text NOT NULL DEFAULT 'pending',
    created_after  timestamptz NOT NULL,
    created_before timestamptz NOT NULL,
    rows         bigint NOT NULL DEFAULT 0,
    after_lane   smallint NOT NULL DEFAULT 0,
    after_id     bytea NOT NULL DEFAULT '',
    error        text,
    created_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL,
    expires_at   timestamptz
  );
  CREATE UNIQUE INDEX data_export_active ON data_export (workspace_id) WHERE state IN ('pending', 'in_progress');

  CREATE TABLE data_export_chunk (
    export_id bytea NOT NULL REFERENCES data_export,
    first_row integer NOT NULL,
    content   bytea NOT NULL,
    PRIMARY KEY (export_id, first_row)
  );`;
