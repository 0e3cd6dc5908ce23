import { z } from 'zod';
import { errorEntry } from './error.contract.js';
import { dedupeKey, eventName } from './event.contract.js';
import { isoSeconds } from './instant.js';
import { MAX_NAME, text } from './values.js';

/** Calls in one batch: what fits into the 500 KB of Segment's spec, and more. */
export const MAX_BATCH = 2_500;

/** What is refused of a batch, and what was left out of it, is told of so many at most. */
export const MAX_TOLD = 20;

/** The calls of Segment's spec. */
export const CALLS = ['identify', 'track', 'page', 'screen', 'group', 'alias'] as const;
export type CallType = (typeof CALLS)[number];

const ID = `expected a string of 1 to ${MAX_NAME} characters`;
const TIME = 'expected a time: ISO 8601, or unix seconds';

/** Reads what may be left out, in one go: batches have thousands of these. @param read throws what is expected instead */
function read<T>(read: (given: unknown) => T) {
  return z.unknown().transform((given, context): T => {
    try {
      return read(given);
    } catch (error) {
      context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : '' });
      return z.NEVER;
    }
  });
}

/** An id as SDKs send it: a string or a number; null and nothing are none. */
const idOrNone = read((given) => (isNone(given) || given === '' ? undefined : idOf(given))).optional();

const theId = read(idOf);

/** Whatever an SDK knows; what is read of it is looked at where it is read. */
const facts = read((given): Facts => {
  if (isNone(given)) return NOTHING;
  if (typeof given !== 'object' || Array.isArray(given)) throw new Error('expected an object');
  return given as Facts;
}).prefault({});

/** A time in unix seconds, fractions allowed. Whether it can be is seen when the sender's clock is set right. */
const time = read((given) => {
  if (isNone(given)) return undefined;
  const at = typeof given === 'string' ? isoSeconds(given) : given;
  if (typeof at !== 'number' || Number.isNaN(at)) throw new Error(TIME);
  return at;
}).optional();

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

type Facts = Readonly<Record<string, unknown>>;
const NOTHING: Facts = {};

const isNone = (given: unknown): given is null | undefined => given === null || given === undefined;

function idOf(given: unknown): string {
  const id = typeof given === 'number' ? String(given) : given;
  if (typeof id !== 'string' || id === '' || id.length > MAX_NAME) throw new Error(ID);
  return id;
}
