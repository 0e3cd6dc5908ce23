import { z } from 'zod';
import type { StoredNotification } from '#database';

/** The columns of an export, named as Intercom's are. */
export const EXPORT_COLUMNS = [
  'user_id',
  'user_external_id',
  'company_id',
  'email',
  'name',
  'content_id',
  'content_type',
  'content_title',
  'receipt_id',
  'received_at',
  'topic',
] as const;

/** Nothing that is told belongs to a company: Intercom has -1 then. */
const NO_COMPANY = -1;

const text = z.string().nullish();

const told = z.object({
  data: z.object({
    contact: z.object({ external_id: text, email: text, name: text }).optional(),
    segment: z.object({ id: z.string(), name: z.string() }).optional(),
    event: z.object({ id: z.string(), event_name: z.string() }).optional(),
  }),
});

type Told = z.output<typeof told>['data'];

/** A notification as a row: of whom, as the contact was then, and what about. */
export function exportRow(notification: StoredNotification): (string | number)[] {
  const { id, contactId, topic, createdAt } = notification;
  const data = read(notification.body);
  const { external_id, email, name } = data.contact ?? {};
  return [
    contactId,
    external_id ?? '',
    NO_COMPANY,
    email ?? '',
    name ?? '',
    ...contentOf(data, contactId),
    id,
    Math.floor(createdAt),
    topic,
  ];
}

function contentOf({ segment, event }: Told, contactId: string): [id: string, type: string, title: string] {
  if (segment) return [segment.id, 'segment', segment.name];
  if (event) return [event.id, 'event', event.event_name];
  return [contactId, 'contact', ''];
}

/** A body that was redacted says nothing of anybody any more, and must not end an export. */
function read(body: string): Told {
  try {
    return told.parse(JSON.parse(body)).data;
  } catch {
    return {};
  }
}
