import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { AttributeModel, AttributeType } from '#domain';

/** A custom attribute that a workspace has declared. Its name is taken for both models. */
@Entity('data_attribute')
export class DataAttribute {
  @PrimaryGeneratedColumn('identity', { type: 'integer', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column('integer', { name: 'workspace_id' })
  workspaceId: number;

  @Column('text')
  model: AttributeModel;

  @Column('text')
  name: string;

  @Column('text', { name: 'data_type' })
  dataType: AttributeType;

  /** Given for `options` only. */
  @Column('text', { array: true, nullable: true })
  options: string[] | null;

  @Column('text')
  label: string;

  @Column('text')
  description: string;

  @Column('boolean', { name: 'messenger_writable' })
  messengerWritable: boolean;

  @Column('boolean')
  archived: boolean;

  /** Who declared it; null when its first value did. */
  @Column('integer', { name: 'admin_id', nullable: true })
  adminId: number | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt: Date;
}
