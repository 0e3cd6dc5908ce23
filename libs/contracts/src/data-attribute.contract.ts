import { z } from 'zod';
import { ATTRIBUTE_MODELS, ATTRIBUTE_TYPES, MAX_ATTRIBUTE_STRING, nameProblem } from '#domain';
import { shortText, text } from './values.js';

/** A choice of one is none (reference 2); the most is Muster's own limit. */
const MIN_OPTIONS = 2;
const MAX_OPTIONS = 250;

const OPTIONS = `expected a list of ${MIN_OPTIONS} to ${MAX_OPTIONS} objects { value }`;
const flag = z.boolean('expected true or false');

/** Options are written as objects and read as strings. */
const options = z
  .array(z.strictObject({ value: text(MAX_ATTRIBUTE_STRING, 1) }), OPTIONS)
  .min(MIN_OPTIONS, OPTIONS)
  .max(MAX_OPTIONS, OPTIONS)
  .refine((list) => new Set(list.map(({ value }) => value)).size === list.length, 'expected each value once')
  .transform((list) => list.map(({ value }) => value));

/** `GET /data_attributes`: both models unless it says which. */
export const listDataAttributes = z.strictObject({
  model: z
    .enum([...ATTRIBUTE_MODELS, 'conversation'], 'expected "contact", "company" or "conversation"')
    .optional(),
  include_archived: z
    .enum(['true', 'false'], 'expected true or false')
    .transform((value) => value === 'true')
    .default(false),
});

/** `POST /data_attributes`. A `string` with options is of `options`, as older clients say it. */
export const createDataAttribute = z
  .strictObject(
    {
      name: z.string('expected a string'),
      model: z.enum(ATTRIBUTE_MODELS, 'expected "contact" or "company"'),
      data_type: z.enum(ATTRIBUTE_TYPES, `expected one of ${ATTRIBUTE_TYPES.join(', ')}`),
      options: options.optional(),
      description: shortText.default(''),
      messenger_writable: flag.default(true),
    },
    'expected an object',
  )
  .superRefine(({ name, model, data_type: dataType, options }, context) => {
    const refuse = (field: string, message: string) =>
      context.addIssue({ code: 'custom', path: [field], message });
    const wrongName = nameProblem(model, name);
    if (wrongName) refuse('name', wrongName);
    if (dataType === 'options' && !options) refuse('data_type', `"options" needs options: ${OPTIONS}`);
    if (options && dataType !== 'options' && dataType !== 'string')
      refuse('options', 'only the data_type "options" has them');
  });

/** `PUT /data_attributes/{id}`: what is left out stays, and the official SDK may leave out everything. */
export const updateDataAttribute = z.strictObject(
  {
    archived: flag.optional(),
    description: shortText.optional(),
    messenger_writable: flag.optional(),
    options: options.optional(),
  },
  'expected an object',
);

/** Only custom attributes have an `id`, times and an admin. */
export const dataAttributeAnswer = z.object({
  type: z.literal('data_attribute'),
  id: z.int().optional(),
  model: z.enum(ATTRIBUTE_MODELS),
  name: z.string(),
  full_name: z.string(),
  label: z.string(),
  description: z.string(),
  data_type: z.enum(['string', 'integer', 'float', 'boolean', 'date', 'datetime']),
  options: z.array(z.string()).optional(),
  api_writable: z.boolean(),
  messenger_writable: z.boolean(),
  ui_writable: z.boolean(),
  custom: z.boolean(),
  archived: z.boolean(),
  created_at: z.int().optional(),
  updated_at: z.int().optional(),
  admin_id: z.string().nullish(),
});

/** All at once: there are no pages. */
export const dataAttributeList = z.object({
  type: z.literal('list'),
  data: z.array(dataAttributeAnswer),
});

export type ListDataAttributesQuery = z.output<typeof listDataAttributes>;
export type CreateDataAttributeBody = z.output<typeof createDataAttribute>;
export type UpdateDataAttributeBody = z.output<typeof updateDataAttribute>;
export type DataAttributeAnswer = z.output<typeof dataAttributeAnswer>;
