import { randomBytes } from 'node:crypto';
import { Client as Postgres } from 'pg';

const APPEND = 500;

/** The floor of a batch: the same rows appended 500 at a time, each with its own commit, by two connections. */
export async function append(url: string, seconds: number): Promise<number> {
  const ends = performance.now() + seconds * 1000;
  const counts = await Promise.all([appendUntil(url, ends), appendUntil(url, ends)]);
  return counts.reduce((sum, count) => sum + count, 0) / seconds;
}

async function appendUntil(url: string, ends: number): Promise<number> {
  const client = new Postgres({ connectionString: url });
  await client.connect();
  const ids = Array.from({ length: APPEND }, () => randomBytes(12));
  const payloads = ids.map((id, n) =>
    JSON.stringify({
      kind: 'event',
      id: id.toString('hex'),
      name: 'moved',
      createdAt: 1_700_000_000 + n,
      dedupeKey: '',
      metadata: { n },
      reference: { user_id: `user-${n}` },
    }),
  );
  const values = [ids.map((id) => id[11]), ids.map((id) => `\\x${id.toString('hex')}`), payloads];
  let count = 0;
  while (performance.now() < ends) {
    await client.query(
      `INSERT INTO inbox (lane, workspace_id, contact_id, kind, payload)
       SELECT lane, 1, contact_id, 'event', payload
       FROM unnest($1::smallint[], $2::bytea[], $3::jsonb[]) AS r (lane, contact_id, payload)`,
      values,
    );
    count += APPEND;
  }
  await client.end();
  return count;
}
