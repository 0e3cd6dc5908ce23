import { z } from 'zod';
import { refuseUnstorableText } from '#contracts';
import { TIMELINE_KINDS, type TimelinePosition } from '#database';
import { DomainError } from '#domain';

const content = z.tuple([z.number(), z.enum(TIMELINE_KINDS), z.string()]);

/** A position as clients hand it back: to them it means nothing. */
export const timelineCursor = ({ at, kind, key }: TimelinePosition): string =>
  Buffer.from(JSON.stringify([at, kind, key])).toString('base64url');

/** Null, the start, when there is no cursor. @throws DomainError parameter_invalid for what is none */
export function readTimelineCursor(text: string | undefined): TimelinePosition | null {
  if (text === undefined) return null;
  const parsed = content.safeParse(decoded(text));
  if (!parsed.success) {
    const message = 'starting_after: is no cursor: expected pages.next.starting_after of the page before';
    throw new DomainError('parameter_invalid', message, 'starting_after');
  }
  const [at, kind, key] = parsed.data;
  refuseUnstorableText({ starting_after: key });
  return { at, kind, key };
}

function decoded(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    return undefined;
  }
}
