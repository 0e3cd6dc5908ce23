import type { QueryRunner } from 'typeorm';
import { formatPhone } from '#platform';
import { bytes } from '../database.js';

/** Contacts that are read together. */
const PAGE = 5_000;

interface Phone {
  readonly lane: number;
  readonly id: string;
  readonly phone: string;
}

/** Derives `formatted_phone` of the phones that contacts have already, a page at a time. */
export async function formatPhones(runner: QueryRunner): Promise<void> {
  for (let page = await after(runner); page.length > 0; page = await after(runner, page.at(-1)))
    await save(runner, page);
}

function after(runner: QueryRunner, last?: Phone): Promise<Phone[]> {
  return runner.query(
    `SELECT lane, id, attributes ->> 'phone' AS phone FROM contact
     WHERE attributes ? 'phone' AND (lane, id) > ($1::smallint, $2::bytea) ORDER BY lane, id LIMIT ${PAGE}`,
    [last?.lane ?? -1, bytes(last?.id ?? '')],
  );
}

async function save(runner: QueryRunner, phones: readonly Phone[]): Promise<void> {
  const rows = phones.flatMap(({ phone, ...row }) => {
    const formatted = formatPhone(phone);
    return formatted === undefined ? [] : [{ ...row, formatted }];
  });
  await runner.query(
    `UPDATE contact c SET attributes = c.attributes || jsonb_build_object('formatted_phone', v.formatted)
     FROM unnest($1::smallint[], $2::bytea[], $3::text[]) AS v (lane, id, formatted)
     WHERE c.lane = v.lane AND c.id = v.id`,
    [rows.map(({ lane }) => lane), rows.map(({ id }) => bytes(id)), rows.map(({ formatted }) => formatted)],
  );
}
