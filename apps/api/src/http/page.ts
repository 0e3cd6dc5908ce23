import type { Id } from '#domain';

/** A page of a list. `rows` are one more than a page holds when there is a next one. */
export function pageOf<T extends { readonly id: Id }>(rows: readonly T[], perPage: number) {
  const data = rows.slice(0, perPage);
  const last = data.at(-1);
  const next = rows.length > perPage && last ? { starting_after: last.id } : null;
  return { data, pages: { type: 'pages' as const, per_page: perPage, next } };
}
