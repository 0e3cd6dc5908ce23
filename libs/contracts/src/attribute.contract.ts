import { z } from 'zod';
import { MAX_ACTIVE_ATTRIBUTES } from '#domain';
import { flag } from './values.js';

/**
 * Custom attributes by name. What a name and a value may be depends on what the workspace has declared, and on whether
 * the writer wants what is wrong to be left out: `CustomAttributes` of `#pipeline` checks it.
 */
export const customAttributes = z
  .record(z.string(), z.unknown(), 'expected an object of names and values')
  .refine(
    (attributes) => Object.keys(attributes).length <= MAX_ACTIVE_ATTRIBUTES,
    `expected at most ${MAX_ACTIVE_ATTRIBUTES} custom attributes`,
  );

/** `?partial=true`: custom attributes that cannot be taken are left out and told, and the rest is written. */
export const partialQuery = z.strictObject({
  partial: flag,
});

export type PartialQuery = z.output<typeof partialQuery>;
