import {
  acceptedEvent,
  activitySignal,
  createActivity,
  createEvent,
  inboundItem,
  inboundJob,
  inboundList,
  parse,
  upsertContact,
  writtenContact,
} from '#contracts';

/** One item as the use case for it takes it. */
export type Item = ReturnType<typeof readItem>;

/** What a job carries, not read yet: one item, or a list of them. Throws InvalidInput. */
export function readJob(data: unknown): { appId: string; items: readonly unknown[]; isList: boolean } {
  const { app_id: appId, ...item } = parse(inboundJob, data);
  if (!('items' in item)) return { appId, items: [item], isList: false };
  return { appId, items: parse(inboundList, data).items, isList: true };
}

/** What is the same of an item however often it is taken: its job's id, and when that was added, in unix seconds. */
export interface Origin {
  readonly key: string;
  readonly at: number;
}

/**
 * What says no time is as of its origin, and an event without a key of its own has that of its origin. Throws
 * InvalidInput, or `not_found` where nobody could have the id.
 */
export function readItem(input: unknown, { key: dedupe_key, at }: Origin) {
  const { type, ...body } = parse(inboundItem, input);
  switch (type) {
    case 'event':
      return { type, event: acceptedEvent(parse(createEvent, { dedupe_key, ...body })) } as const;
    case 'activity':
      return {
        type,
        activity: activitySignal(parse(createActivity, { created_at: at, ...body }), at),
      } as const;
    case 'contact':
      return { type, contact: writtenContact(parse(upsertContact, body), at) } as const;
  }
}
