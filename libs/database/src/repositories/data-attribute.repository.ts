import { Injectable } from '@nestjs/common';
import type { AttributeModel, AttributeRegistry } from '#domain';
import { Database, type Transaction } from '../database.js';
import { DataAttribute } from '../entities/data-attribute.entity.js';
import { Workspace } from '../entities/workspace.entity.js';

/** Names one custom attribute of one workspace. */
export interface DataAttributeKey {
  readonly workspaceId: number;
  readonly id: number;
}

/** A custom attribute to be declared. */
export type NewDataAttribute = Pick<DataAttribute, 'model' | 'name' | 'dataType'> &
  Partial<Pick<DataAttribute, 'options' | 'description' | 'messengerWritable' | 'adminId'>>;

/** What may be changed of a custom attribute. */
export type DataAttributeChanges = Partial<
  Pick<DataAttribute, 'archived' | 'description' | 'messengerWritable' | 'options'>
>;

/** The namespace of advisory locks under which attributes change; the second number is the workspace. */
const ATTRIBUTES_LOCK = 0x61_74_74_72;

/** The custom attributes that workspaces have declared. `at` is in unix seconds. */
@Injectable()
export class DataAttributeRepository {
  constructor(private readonly database: Database) {}

  async registry(
    workspaceId: number,
    tx: Pick<Transaction, 'entities'> = this.database,
  ): Promise<AttributeRegistry> {
    const { unknownAttributes: unknown } = await tx.entities.findOneByOrFail(Workspace, { id: workspaceId });
    const declared = await tx.entities.findBy(DataAttribute, { workspaceId });
    return { unknown, attributes: new Map(declared.map((attribute) => [attribute.name, attribute])) };
  }

  /** Oldest first; archived ones where `archived` asks for them. */
  list(
    workspaceId: number,
    { model, archived }: { readonly model: AttributeModel; readonly archived: boolean },
  ): Promise<DataAttribute[]> {
    const where = { workspaceId, model, ...(archived ? {} : { archived: false }) };
    return this.database.entities.find(DataAttribute, { where, order: { id: 'ASC' } });
  }

  find({ workspaceId, id }: DataAttributeKey, tx: Transaction): Promise<DataAttribute | null> {
    return tx.entities.findOneBy(DataAttribute, { workspaceId, id });
  }

  /** Keeps others from changing the workspace's attributes until the transaction ends: they are counted under it. */
  async lock(workspaceId: number, tx: Transaction): Promise<void> {
    await tx.query('SELECT pg_advisory_xact_lock($1, $2)', [ATTRIBUTES_LOCK, workspaceId]);
  }

  async insert(
    workspaceId: number,
    attributes: readonly NewDataAttribute[],
    { at, tx }: { readonly at: number; readonly tx: Transaction },
  ): Promise<DataAttribute[]> {
    const time = new Date(at * 1000);
    const rows = attributes.map((attribute) =>
      tx.entities.create(DataAttribute, {
        options: null,
        description: '',
        messengerWritable: true,
        adminId: null,
        ...attribute,
        workspaceId,
        label: attribute.name,
        archived: false,
        createdAt: time,
        updatedAt: time,
      }),
    );
    await tx.entities.insert(DataAttribute, rows);
    return rows;
  }

  async update(
    attribute: DataAttribute,
    changes: DataAttributeChanges,
    { at, tx }: { readonly at: number; readonly tx: Transaction },
  ): Promise<DataAttribute> {
    const row = { ...changes, updatedAt: new Date(at * 1000) };
    await tx.entities.update(DataAttribute, { id: attribute.id }, row);
    return Object.assign(attribute, row);
  }
}
