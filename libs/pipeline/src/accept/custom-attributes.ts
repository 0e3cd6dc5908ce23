import { Injectable } from '@nestjs/common';
import {
  type AskedValues,
  type AttributeModel,
  type AttributeValue,
  type CustomValues,
  type DomainError,
  InvalidInput,
  type SortedValues,
  sortValues,
} from '#domain';
import { Clock } from '#platform';
import { AttributeRegistries } from './attribute-registries.js';
import { DataAttributeService, limitReached } from './data-attribute.service.js';

/** `partial`: what cannot be taken is left out of the write, and the rest is written. */
export interface CheckOptions {
  readonly partial?: boolean;
}

/** Custom values as they may be written, and what was left out, each with its code and its field. */
export interface CheckedValues {
  readonly values: CustomValues;
  readonly warnings: readonly DomainError[];
}

/** What a client asks to be written: its custom attributes are not checked yet. */
export interface Asked {
  readonly attributes: Readonly<Record<string, AttributeValue | null>>;
  readonly customAttributes: AskedValues;
}

interface Question {
  readonly workspaceId: number;
  readonly model: AttributeModel;
  readonly asked: AskedValues;
  readonly partial: boolean;
}

/**
 * Holds custom attributes of contacts and companies against what the workspace has declared, and declares by their
 * first value those it does not know, where it wants that. Declared is declared, even if what is written fails then.
 */
@Injectable()
export class CustomAttributes {
  constructor(
    private readonly registries: AttributeRegistries,
    private readonly attributes: DataAttributeService,
    private readonly clock: Clock,
  ) {}

  /** Throws {@link InvalidInput} for what cannot be taken, or `custom_data_limit_reached`; not when `partial`. */
  async check(
    workspaceId: number,
    model: AttributeModel,
    asked: AskedValues,
    { partial = false }: CheckOptions = {},
  ): Promise<CheckedValues> {
    if (Object.keys(asked).length === 0) return { values: {}, warnings: [] };
    const question = { workspaceId, model, asked, partial };
    const sorted = await this.sort(question);
    if (sorted.undeclared.size === 0) return checked(sorted);
    await this.declare(question, sorted.undeclared);
    return checked(await this.sort(question));
  }

  /** The same for all that is asked to be written; standard attributes pass as they are. */
  async admit(
    { workspaceId, model }: Pick<Question, 'workspaceId' | 'model'>,
    { attributes, customAttributes }: Asked,
    options?: CheckOptions,
  ) {
    const { values, warnings } = await this.check(workspaceId, model, customAttributes, options);
    return { written: { attributes, customAttributes: values }, warnings };
  }

  private async sort({ workspaceId, model, asked, partial }: Question): Promise<SortedValues> {
    const registry = await this.registries.get(workspaceId, Object.keys(asked));
    const sorted = sortValues(registry, model, asked);
    if (sorted.refused.length > 0 && !partial) throw new InvalidInput(sorted.refused);
    return sorted;
  }

  private declare(
    { workspaceId, model, partial }: Question,
    undeclared: SortedValues['undeclared'],
  ): Promise<void> {
    const attributes = [...undeclared].map(([name, dataType]) => ({ model, name, dataType }));
    return this.attributes.declare(workspaceId, attributes, { at: this.clock.now(), partial });
  }
}

/** What is undeclared even now, there was no room for. */
function checked({ taken, refused, ignored, undeclared }: SortedValues): CheckedValues {
  const beyond = [...undeclared.keys()].map((name) => limitReached(`custom_attributes.${name}`));
  return { values: taken, warnings: [...refused, ...ignored, ...beyond] };
}
