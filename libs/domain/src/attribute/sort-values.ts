import type { AttributeValue } from '../contact/contact.js';
import { DomainError } from '../domain-error.js';
import {
  type AttributeModel,
  type AttributeRegistry,
  type AttributeType,
  type DeclaredAttribute,
  nameProblem,
  typeOfFirst,
} from './data-attribute.js';
import { expectedOf, readValue } from './attribute-value.js';

/** What a write says of custom attributes, by name; null clears. */
export type AskedValues = Readonly<Record<string, unknown>>;
export type CustomValues = Readonly<Record<string, AttributeValue | null>>;

/** Custom values, sorted by what may be done with them. */
export interface SortedValues {
  readonly taken: CustomValues;
  /** What is wrong, one error an attribute. */
  readonly refused: readonly DomainError[];
  /** What the workspace wants left out. */
  readonly ignored: readonly DomainError[];
  /** What is to be declared first, with the type of its value. */
  readonly undeclared: ReadonlyMap<string, AttributeType>;
}

type Verdict =
  { take: AttributeValue | null } | { refuse: string } | { ignore: string } | { declare: AttributeType };

/** Holds the values against what the workspace has declared. `undeclared` ones are neither taken nor refused. */
export function sortValues(
  registry: AttributeRegistry,
  model: AttributeModel,
  values: AskedValues,
): SortedValues {
  const taken: [string, AttributeValue | null][] = [];
  const refused: DomainError[] = [];
  const ignored: DomainError[] = [];
  const undeclared = new Map<string, AttributeType>();
  for (const [name, value] of Object.entries(values)) {
    const verdict = judge(registry, model, [name, value]);
    if ('take' in verdict) taken.push([name, verdict.take]);
    else if ('refuse' in verdict) refused.push(problem(name, verdict.refuse));
    else if ('ignore' in verdict) ignored.push(problem(name, verdict.ignore));
    else undeclared.set(name, verdict.declare);
  }
  return { taken: Object.fromEntries(taken), refused, ignored, undeclared };
}

function judge(
  registry: AttributeRegistry,
  model: AttributeModel,
  [name, value]: [string, unknown],
): Verdict {
  const declared = registry.attributes.get(name);
  if (declared?.model === model) return judgeDeclared(registry, declared, value);
  const wrongName = nameProblem(model, name);
  if (wrongName) return { refuse: `as a name, ${wrongName}` };
  if (registry.unknown === 'ignore') return { ignore: 'no such attribute is declared: it was left out' };
  if (declared) return { refuse: `the name belongs to an attribute of the model ${declared.model}` };
  if (registry.unknown === 'reject')
    return { refuse: 'no such attribute is declared: POST /data_attributes first' };
  return judgeNew(name, value);
}

/** An archived attribute keeps what it has until that is cleared: writers need not be stopped, unless they want to be. */
function judgeDeclared(
  { unknown }: AttributeRegistry,
  { archived, dataType }: DeclaredAttribute,
  value: unknown,
): Verdict {
  if (value === null) return { take: null };
  const message = 'the attribute is archived';
  if (archived) return unknown === 'reject' ? { refuse: message } : { ignore: `${message}: it was left out` };
  const read = readValue(dataType, value);
  return read === undefined ? { refuse: `expected ${expectedOf(dataType)}` } : { take: read };
}

function judgeNew(name: string, value: unknown): Verdict {
  if (value === null) return { take: null };
  const first = readValue('any', value);
  if (first === undefined) return { refuse: `expected ${expectedOf('any')}` };
  const type = typeOfFirst(name, first);
  return readValue(type, first) === undefined
    ? { refuse: `expected ${expectedOf(type)}` }
    : { declare: type };
}

const problem = (name: string, message: string): DomainError => {
  const field = `custom_attributes.${name}`;
  return new DomainError('parameter_invalid', `${field}: ${message}`, field);
};
