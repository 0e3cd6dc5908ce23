import { z } from 'zod';
import { errorEntry } from './error.contract.js';
import { dedupeKey, eventName } from './event.contract.js';
import { externalId, MAX_NAME, text } from './values.js';

/** Calls in one batch: what fits into the 500 KB of Segment's spec, and more. */
export const MAX_BATCH = 2_500;

/** What is refused of a batch, and what was left out of it, is told of so many at most. */
export const MAX_TOLD = 20;

/** The calls of Segment's spec. */
export const CALLS = ['identify', 'track', 'page', 'screen', 'group', 'alias'] as const;
export type CallType = (typeof CALLS)[number];

const ID = `expected a string of 1 to ${MAX_NAME} characters`;

/** An id as SDKs send it: a string or a number; null and nothing are none. */
const idOrNone = z
  .union([z.string(), z.number()], ID)
  .nullish()
  .transform((id) => (id === null || id === '' || id === undefined ? undefined : String(id)))
  .pipe(externalId.optional());

const theId = z.union([z.string(), z.number()], ID).transform(String).pipe(externalId);

/** Whatever an SDK knows; what is read of it is looked at where it is read. */
const facts = z
  .custom<Readonly<Record<string, unknown>>>(isObject, 'expected an object')
  .nullish()
  .transform((given) => given ?? {});

const TIME = 'expected a time: ISO 8601, or unix seconds';

/** A time in unix seconds, fractions allowed. Whether it can be is seen when the sender's clock is set right. */
const time = z
  .union([z.number(), z.string()], TIME)
  .nullish()
  .transform((given, context) => {
    if (given === null || given === undefined) return undefined;
    const at = typeof given === 'number' ? given : isoSeconds(given);
    if (!Number.isNaN(at)) return at;
    context.addIssue({ code: 'custom', message: TIME });
    return z.NEVER;
  });

const common = {
  userId: idOrNone,
  anonymousId: idOrNone,
  messageId: dedupeKey.nullish(),
  timestamp: time,
  originalTimestamp: time,
  /** Serves to set the clock right, where it can be read. */
  sentAt: z.unknown().optional(),
  context: facts,
  channel: z.unknown().optional(),
};

const identify = z.object({ type: z.literal('identify'), ...common, traits: facts });
const track = z.object({ type: z.literal('track'), ...common, event: eventName, properties: facts });
const view = { ...common, name: text(MAX_NAME).nullish(), properties: facts };
const page = z.object({ type: z.literal('page'), ...view });
const screen = z.object({ type: z.literal('screen'), ...view });
const group = z.object({ type: z.literal('group'), ...common, groupId: theId, traits: facts });
const alias = z.object({ type: z.literal('alias'), ...common, userId: theId, previousId: theId });

/** One call of Segment's spec, by its `type`. What is none of its keys is passed over, as the spec has many more. */
export const specCall = z.discriminatedUnion('type', [identify, track, page, screen, group, alias], {
  error: `expected a call, with a type of ${CALLS.join(', ')}`,
});

const BATCH = `expected a list of at most ${MAX_BATCH} calls`;

/** `POST /v1/batch`: each call is accepted or refused by itself. */
export const specBatch = z.object(
  {
    batch: z.array(z.unknown(), BATCH).max(MAX_BATCH, BATCH),
    sentAt: z.unknown().optional(),
    context: facts,
  },
  'expected an object',
);

const leftOut = {
  /** How many values of the calls that were accepted were not kept. */
  left_out: z.int().optional(),
  /** Some of them, and why. */
  warnings: z.array(errorEntry).optional(),
};

/** The answer to one call. */
export const specAnswer = z.object({ success: z.literal(true), ...leftOut });

/** The answer to a batch; it is a success when nothing was refused. */
export const specBatchAnswer = z.object({
  success: z.boolean(),
  refused: z
    .array(z.object({ index: z.int(), messageId: z.string().optional(), errors: z.array(errorEntry) }))
    .optional(),
  ...leftOut,
});

export type SpecCall = z.output<typeof specCall>;
export type SpecBatchBody = z.output<typeof specBatch>;
export type SpecBatchAnswer = z.output<typeof specBatchAnswer>;
export type CallOf<T extends CallType> = Extract<SpecCall, { type: T }>;

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const ISO = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?<zone>Z|[+-]\d\d:?\d\d)?)?$/i;

/** Unix seconds; NaN for what is no time. Without a zone it is UTC. */
export function isoSeconds(text: string): number {
  const match = ISO.exec(text);
  if (!match) return NaN;
  const isLocal = text.length > 10 && match.groups?.['zone'] === undefined;
  return Date.parse(isLocal ? `${text}Z` : text) / 1000;
}
