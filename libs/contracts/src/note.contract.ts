import { z } from 'zod';
import { adminAnswer } from './admin.contract.js';
import {
  numberedId,
  numberedPageQuery,
  numberedPages,
  secondsOrNull,
  SHORT_PER_PAGE,
  text,
} from './values.js';

const MAX_BODY = 50_000;

/** `POST /contacts/{id}/notes`: `body` is text; the author is the caller's admin unless it says whose note it is. */
export const createNote = z.strictObject(
  { body: text(MAX_BODY, 1), admin_id: numberedId.optional() },
  'expected an object',
);

/** `GET /contacts/{id}/notes` */
export const listNotes = numberedPageQuery(SHORT_PER_PAGE);

/** `body` is HTML, and safe to show as it is. */
export const noteAnswer = z.object({
  type: z.literal('note'),
  id: z.string(),
  created_at: secondsOrNull,
  contact: z.object({ type: z.literal('contact'), id: z.string() }),
  author: adminAnswer.nullable(),
  body: z.string(),
});

export const noteList = z.object({
  type: z.literal('list'),
  data: z.array(noteAnswer),
  total_count: z.int(),
  pages: numberedPages,
});

export type CreateNoteBody = z.output<typeof createNote>;
export type ListNotesQuery = z.output<typeof listNotes>;
export type NoteAnswer = z.output<typeof noteAnswer>;
