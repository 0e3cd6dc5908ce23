import type { Row } from '#database';

type Query = <T = Row>(sql: string, parameters?: unknown[]) => Promise<T[]>;

/** The tables that hold any of these texts, however small the part of a row, with the rows. Ids are found in hex. */
export async function tracesOf(texts: readonly string[], query: Query): Promise<Record<string, string[]>> {
  const tables = await query<{ name: string }>(
    `SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) AS name FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
  );
  const traces: Record<string, string[]> = {};
  for (const { name } of tables) {
    const rows = await query<{ row: string }>(
      `SELECT t::text AS row FROM ONLY ${name} AS t
       WHERE EXISTS (SELECT FROM unnest($1::text[]) AS s (text) WHERE strpos(lower(t::text), lower(s.text)) > 0)`,
      [texts],
    );
    if (rows.length > 0) traces[name] = rows.map(({ row }) => row);
  }
  return traces;
}
