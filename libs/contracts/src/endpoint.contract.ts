import { z } from 'zod';
import { parseTopics } from '#domain';
import { byDomain, MAX_NAME, MAX_URL, secondsOrNull, shortText, text } from './values.js';

const url = text(MAX_URL)
  .refine((value) => isHttpUrl(value), 'expected an absolute http or https URL without a user or a password')
  .meta({ format: 'uri' });

const topics = z
  .array(text(MAX_NAME), 'expected a list of topics')
  .max(100, 'expected at most 100 topics')
  .transform(byDomain(parseTopics));

/** `POST /endpoints` */
export const createEndpoint = z.strictObject(
  { url, topics, description: shortText.default('') },
  'expected an object',
);

/** `PUT /endpoints/{id}`: what is left out stays. */
export const updateEndpoint = z.strictObject(
  {
    url: url.optional(),
    topics: topics.optional(),
    description: shortText.optional(),
    state: z.enum(['enabled', 'disabled'], 'expected "enabled" or "disabled"').optional(),
  },
  'expected an object',
);

export const endpointAnswer = z.object({
  type: z.literal('endpoint'),
  id: z.string(),
  url: z.string(),
  topics: z.array(z.string()),
  description: z.string(),
  state: z.enum(['enabled', 'disabled']),
  /** Why Muster disabled it: null when it did not. */
  disabled_reason: z.string().nullable(),
  created_at: secondsOrNull,
  updated_at: secondsOrNull,
});

/** The answer to `POST /endpoints`, the only one that has the signing secret. */
export const createdEndpoint = endpointAnswer.extend({ secret: z.string() });

export const endpointList = z.object({ type: z.literal('list'), data: z.array(endpointAnswer) });

export type CreateEndpointBody = z.output<typeof createEndpoint>;
export type UpdateEndpointBody = z.output<typeof updateEndpoint>;
export type EndpointAnswer = z.output<typeof endpointAnswer>;

function isHttpUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, username, password } = new URL(value);
  return /^https?:$/.test(protocol) && username === '' && password === '';
}
