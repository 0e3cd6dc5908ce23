import { z } from 'zod';
import { DomainError, ID_PATTERN, MAX_ATTRIBUTE_STRING } from '#domain';

export { roughSeconds, seconds } from './instant.js';

/** Rarely does more than this arrive in one page; Intercom's own limit. */
const MAX_PER_PAGE = 150;

/** What a page holds unless it is asked for more or less: of contacts, and of what is listed beside other things. */
const USUAL_PER_PAGE = 50;
export const SHORT_PER_PAGE = 15;

/** Whoever turns more pages wants a search. */
const MAX_PAGE = 100_000;

/** Characters of an address, of a URL, and of the names that clients and people give to things. */
const MAX_EMAIL = 254;
export const MAX_URL = 2_048;
export const MAX_NAME = 255;

/** A string of `min` to `max` characters. */
export function text(max: number, min = 0) {
  const length = min === 0 ? `at most ${max}` : `${min} to ${max}`;
  const message = `expected a string of ${length} characters`;
  return z.string(message).min(min, message).max(max, message);
}

/** What an attribute holds as text. */
export const shortText = text(MAX_ATTRIBUTE_STRING);

/** An e-mail address, lower-cased. Only its shape is checked: whether it is one, only sending tells. */
export const email = z
  .string('expected an e-mail address')
  .max(MAX_EMAIL, `expected an e-mail address of at most ${MAX_EMAIL} characters`)
  .regex(/^[^\s@]+@[^\s@]+$/u, 'expected an e-mail address')
  .toLowerCase();

/** A client's own name for a contact. */
export const externalId = text(MAX_NAME, 1);

/** A date that Muster answers with: whole unix seconds, null while unknown. */
export const secondsOrNull = z.int().nullable();

/** An id of Muster's own making. */
export const id = z.string('expected an id').regex(ID_PATTERN, 'expected an id of 24 hex characters');

/** A yes or no in a query; no when it is left out. */
export const flag = z
  .enum(['true', 'false'], 'expected true or false')
  .transform((value) => value === 'true')
  .default(false);

/** An id that counts: Intercom's clients write it as a string and as a number. What is none names nothing. */
export const numberedId = z.union([text(MAX_NAME, 1), z.int()], 'expected an id');

/** A whole number in a query, from 1 to `max`. */
function countTo(max: number) {
  const message = `expected a number from 1 to ${max}`;
  return z.coerce.number(message).int('expected a whole number').min(1, message).max(max, message);
}

/** How many things a page holds. */
export const perPage = (usual = USUAL_PER_PAGE, most = MAX_PER_PAGE) => countTo(most).default(usual);

/** Which page of a list that is read by page numbers. */
export const pageNumber = countTo(MAX_PAGE).default(1);

/** A page of a list, by `starting_after`, the cursor that the page before gave. */
export const pageQuery = z.strictObject({ per_page: perPage(), starting_after: id.optional() });

/** A page of a list, by its number; the first is 1. @param usual how much it holds by default */
export const numberedPageQuery = (usual: number) =>
  z.strictObject({ page: pageNumber, per_page: perPage(usual) });

/** How a list goes on; `next` is null at its end. */
export const pages = z.object({
  type: z.literal('pages'),
  per_page: z.int(),
  next: z.object({ starting_after: z.string() }).nullable(),
});

/** The same of a list that is read by page numbers; `next` is a path. After the last page come empty ones. */
export const numberedPages = z.object({
  type: z.literal('pages'),
  page: z.int(),
  per_page: z.int(),
  total_pages: z.int(),
  next: z.string().nullable(),
});

/** Lets a rule of the domain check and normalise a value: what it refuses is told in its own words. */
export function byDomain<I, O>(rule: (input: I) => O) {
  return (input: I, context: z.RefinementCtx): O => {
    try {
      return rule(input);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      context.addIssue({ code: 'custom', message: error.message, params: { error } });
      return z.NEVER;
    }
  };
}
