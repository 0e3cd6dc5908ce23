import type { NoteAnswer } from '#contracts';
import type { Note } from '#database';
import { noteBody } from '#domain';
import { adminObject } from '../admins/admin-object.js';

/** A note on the wire. */
export function noteObject({ id, contactId, body, createdAt, author }: Note): NoteAnswer {
  return {
    type: 'note',
    id: `${id}`,
    created_at: Math.floor(createdAt),
    contact: { type: 'contact', id: contactId },
    author: author && adminObject(author),
    body: noteBody(body),
  };
}
