import { Client } from 'pg';

/**
 * Contacts of every kind in workspace 1, a second apart as to their creation: a third never signed up, a fifth was never
 * seen, a tenth are leads. `plan` has 4 values, `city` 3,000.
 */
const SEED = `
  INSERT INTO contact (lane, id, workspace_id, role, external_id, email, created_at, updated_at, signed_up_at,
    last_seen_at, web_sessions, attributes, custom_attributes, attribute_times)
  SELECT get_byte(id, 11), id, 1, CASE WHEN n % 10 = 0 THEN 'lead' ELSE 'user' END,
    CASE WHEN n % 10 > 0 THEN 'user-' || n END, 'user' || n || '@example' || n % 1000 || '.com',
    at, at + interval '1 day', CASE WHEN n % 3 > 0 THEN at END,
    CASE WHEN n % 5 > 0 THEN at + random() * interval '300 days' END, n % 40,
    jsonb_build_object('name', 'Person ' || n % 5000, 'phone', '+1555' || n, 'unsubscribed_from_emails', n % 7 = 0,
      'email_domain', 'example' || n % 1000 || '.com'),
    jsonb_build_object('plan', (ARRAY['free', 'free', 'free', 'pro', 'pro', 'team', 'enterprise'])[1 + floor(random() * 7)],
      'seats', n % 100, 'spend', floor(random() * 1000), 'city', 'City ' || n % 3000, 'renews_at', 1700000000 + n),
    '{"name": 1700000000, "phone": 1700000000, "email": 1700000000, "custom_attributes.plan": 1700000000}'
  FROM (SELECT n, to_timestamp(1700000000 + n) AS at,
          decode(lpad(to_hex((1700000000 + n::bigint) * 1000), 12, '0') || substr(md5(n::text), 1, 12), 'hex') AS id
        FROM generate_series(1, $1::int) AS n) AS made`;

/** Fills a database with so many contacts. */
export async function seedPeople(url: string, count: number): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(SEED, [count]);
  await client.query('VACUUM ANALYZE contact');
  await client.end();
}
