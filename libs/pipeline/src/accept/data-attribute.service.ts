import { Injectable } from '@nestjs/common';
import {
  type DataAttribute,
  type DataAttributeChanges,
  type DataAttributeKey,
  DataAttributeRepository,
  Database,
  type NewDataAttribute,
  SegmentRepository,
  type Transaction,
} from '#database';
import { type AttributeRegistry, DomainError, MAX_ACTIVE_ATTRIBUTES } from '#domain';
import { ruleOf } from '../rules/rule-of.js';
import { AttributeRegistries } from './attribute-registries.js';

/** Declares custom attributes and changes them, one workspace's changes after another. `at` is in unix seconds. */
@Injectable()
export class DataAttributeService {
  constructor(
    private readonly database: Database,
    private readonly attributes: DataAttributeRepository,
    private readonly segments: SegmentRepository,
    private readonly registries: AttributeRegistries,
  ) {}

  /** Throws `parameter_invalid` when the name is taken, by either model, and `custom_data_limit_reached`. */
  create(workspaceId: number, attribute: NewDataAttribute, at: number): Promise<DataAttribute> {
    return this.change(workspaceId, async (tx) => {
      const registry = await this.attributes.registry(workspaceId, tx);
      refuseTaken(registry, attribute.name);
      if (roomIn(registry) < 1) throw limitReached('name');
      const [created] = await this.attributes.insert(workspaceId, [attribute], { at, tx });
      if (!created) throw new Error('The attribute was not inserted');
      return created;
    });
  }

  /** Throws `field_not_found`, `custom_data_limit_reached`, and `data_invalid` when a segment reads what is archived. */
  update(key: DataAttributeKey, changes: DataAttributeChanges, at: number): Promise<DataAttribute> {
    return this.change(key.workspaceId, async (tx) => {
      const attribute = await this.attributes.find(key, tx);
      if (!attribute) throw notFound(key.id);
      if (Object.keys(changes).length === 0) return attribute;
      if (changes.options && attribute.dataType !== 'options') throw withoutOptions(attribute);
      if (changes.archived === true && !attribute.archived) await this.refuseRead(attribute, tx);
      if (changes.archived === false && attribute.archived) await this.refuseFull(key.workspaceId, tx);
      return this.attributes.update(attribute, changes, { at, tx });
    });
  }

  /**
   * Declares those that nobody has declared yet, all or none: it throws `custom_data_limit_reached` when there is no
   * room. When `partial`, as many as there is room for.
   */
  declare(
    workspaceId: number,
    attributes: readonly NewDataAttribute[],
    { at, partial }: { readonly at: number; readonly partial: boolean },
  ): Promise<void> {
    return this.change(workspaceId, async (tx) => {
      const registry = await this.attributes.registry(workspaceId, tx);
      const missing = attributes.filter(({ name }) => !registry.attributes.has(name));
      const fitting = missing.slice(0, roomIn(registry));
      const [beyond] = missing.slice(fitting.length);
      if (beyond && !partial) throw limitReached(`custom_attributes.${beyond.name}`);
      if (fitting.length > 0) await this.attributes.insert(workspaceId, fitting, { at, tx });
    });
  }

  private async change<T>(workspaceId: number, work: (tx: Transaction) => Promise<T>): Promise<T> {
    const result = await this.database.transaction(async (tx) => {
      await this.attributes.lock(workspaceId, tx);
      return work(tx);
    });
    this.registries.forget(workspaceId);
    return result;
  }

  private async refuseRead({ workspaceId, model, name }: DataAttribute, tx: Transaction): Promise<void> {
    const segments = model === 'contact' ? await this.segments.listLive(workspaceId, tx) : [];
    const key = `custom_attributes.${name}`;
    const readers = segments.filter((segment) => ruleOf(segment, 'UTC').filter.keys.has(key));
    if (readers.length === 0) return;
    const names = readers.map((segment) => `"${segment.name}"`).join(', ');
    const message = `It cannot be archived while segments read it: change or delete ${names}`;
    throw new DomainError('data_invalid', message, 'archived', {
      segments: readers.map((segment) => ({ id: segment.id, name: segment.name })),
    });
  }

  private async refuseFull(workspaceId: number, tx: Transaction): Promise<void> {
    if (roomIn(await this.attributes.registry(workspaceId, tx)) < 1) throw limitReached('archived');
  }
}

function refuseTaken({ attributes }: AttributeRegistry, name: string): void {
  const taken = attributes.get(name);
  if (!taken) return;
  const hint = taken.archived ? ', archived: set "archived" to false to use it again' : '';
  const message = `name: there is an attribute of this name already, for the model ${taken.model}${hint}`;
  throw new DomainError('parameter_invalid', message, 'name');
}

function roomIn({ attributes }: AttributeRegistry): number {
  const active = [...attributes.values()].filter((attribute) => !attribute.archived);
  return Math.max(0, MAX_ACTIVE_ATTRIBUTES - active.length);
}

/** The error of a workspace that has as many attributes as it may. */
export function limitReached(field: string): DomainError {
  const message = `${field}: the workspace has ${MAX_ACTIVE_ATTRIBUTES} custom attributes in use: archive one first`;
  return new DomainError('custom_data_limit_reached', message, field);
}

function withoutOptions({ dataType }: DataAttribute): DomainError {
  const message = `options: only the data_type "options" has them, and this one is of ${dataType}`;
  return new DomainError('parameter_invalid', message, 'options');
}

const notFound = (id: number): DomainError =>
  new DomainError('field_not_found', `No custom attribute has the id ${id}`);
