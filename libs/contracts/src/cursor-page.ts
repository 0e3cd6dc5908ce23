import { z } from 'zod';
import { pages, perPage, text } from './values.js';

const MAX_CURSOR = 4_096;

const page = z.coerce
  .number('expected a whole number from 1')
  .int('expected a whole number from 1')
  .min(1, 'expected a whole number from 1');

/**
 * A page of a sorted list. Only the cursor leads to a later one; `page` may be sent along with it, as the official SDK
 * and `pages.next` have it. @param usual how much it holds by default
 */
export const cursorPageQuery = (usual?: number) =>
  z
    .strictObject({
      page: page.optional(),
      per_page: perPage(usual),
      starting_after: text(MAX_CURSOR, 1).optional(),
    })
    .refine((query) => query.starting_after !== undefined || (query.page ?? 1) === 1, {
      path: ['page'],
      message: 'later pages are reached by starting_after, the cursor that the page before gave',
    });

/** A sort as it came: what it may be, the domain says. */
export const sort = z
  .strictObject({ field: z.string('expected a field').optional(), order: z.unknown().optional() })
  .prefault({});

/** How a sorted list goes on; `next` is null at its end. */
export const cursorPages = pages.extend({
  page: z.int(),
  total_pages: z.int(),
  next: z.object({ page: z.int(), starting_after: z.string() }).nullable(),
});

export type CursorPageQuery = z.output<ReturnType<typeof cursorPageQuery>>;
