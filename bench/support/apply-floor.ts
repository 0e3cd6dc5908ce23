import { Client } from 'pg';
import { laneOf, type Update } from '#domain';
import { type Bare, writeActivities, writeContacts, writeEvents } from './apply-statements.js';

/** The statements of apply, with as little around them as possible. */
export async function floor(url: string): Promise<void> {
  await Promise.all([floorRange(url, 0, 127), floorRange(url, 128, 255)]);
}

async function floorRange(url: string, from: number, to: number): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  while (await applyBatch(client, from, to));
  await client.end();
}

/** Answers whether there was anything. */
async function applyBatch(client: Client, from: number, to: number): Promise<boolean> {
  await client.query('BEGIN');
  await client.query('SELECT pg_try_advisory_xact_lock(1, $1)', [from]);
  const { rows } = await client.query<{ contact_id: Buffer; payload: Update }>(
    `DELETE FROM inbox WHERE (lane, id) IN (SELECT lane, id FROM inbox WHERE lane BETWEEN $1 AND $2
       ORDER BY lane, id LIMIT 1000 FOR UPDATE SKIP LOCKED) RETURNING contact_id, payload`,
    [from, to],
  );
  if (rows.length > 0)
    await write(
      client,
      rows.map((row) => ({ id: row.contact_id.toString('hex'), update: row.payload })),
    );
  await client.query('COMMIT');
  return rows.length > 0;
}

async function write(client: Client, bare: readonly Bare[]): Promise<void> {
  const ids = [...new Set(bare.map(({ id }) => id))];
  const { rows: contacts } = await client.query<{ id: Buffer; attributes: object }>(
    `SELECT * FROM contact WHERE (lane, id) IN (SELECT * FROM unnest($1::smallint[], $2::bytea[]))
     ORDER BY id FOR NO KEY UPDATE`,
    [ids.map(laneOf), ids.map((id) => `\\x${id}`)],
  );
  await client.query('SELECT * FROM workspace');
  await writeEvents(client, bare);
  await writeActivities(client, bare);
  await writeContacts(
    client,
    bare,
    new Map(contacts.map(({ id, attributes }) => [id.toString('hex'), attributes])),
  );
}
