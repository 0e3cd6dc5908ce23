import type { z } from 'zod';
import type { AttributeValue, DomainError } from '#domain';
import { type Facts, leftOut } from './facts.js';

/** By the name of a trait, the standard attribute that it is, and what that takes. */
export type StandardTraits = Readonly<Record<string, readonly [attribute: string, takes: Takes]>>;

type Takes = z.ZodType<AttributeValue | null | undefined>;

/** Traits, sorted: what is not standard is a custom attribute, whose values are looked at where they are declared. */
export interface ReadTraits {
  readonly attributes: Readonly<Record<string, AttributeValue | null>>;
  readonly customAttributes: Facts;
  readonly warnings: readonly DomainError[];
}

/** What a standard attribute cannot take is left out. Of two traits for one attribute the last that is named counts. */
export function readTraits(traits: Facts, standard: StandardTraits): ReadTraits {
  const attributes: Record<string, AttributeValue | null> = {};
  const custom: [string, unknown][] = [];
  const warnings: DomainError[] = [];
  for (const [name, value] of Object.entries(traits)) {
    const [attribute, takes] = (Object.hasOwn(standard, name) && standard[name]) || [];
    if (attribute === undefined || takes === undefined) {
      custom.push([name, value]);
      continue;
    }
    const read = takes.safeParse(value);
    if (!read.success) warnings.push(leftOut(`traits.${name}`, read.error.issues[0]?.message ?? ''));
    else if (read.data !== undefined) attributes[attribute] = read.data;
  }
  return { attributes, customAttributes: Object.fromEntries(custom), warnings };
}
