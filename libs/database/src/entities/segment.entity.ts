import { Column, Entity } from 'typeorm';
import { hexId } from './hex-id.js';

export type PersonType = 'user' | 'lead' | 'contact';
export type BackfillState = 'pending' | 'running' | 'done';

/** A named filter. */
@Entity('segment')
export class Segment {
  @Column(hexId({ primary: true }))
  id: string;

  @Column('integer', { name: 'workspace_id' })
  workspaceId: number;

  @Column('text')
  name: string;

  @Column('text', { name: 'person_type' })
  personType: PersonType;

  @Column('jsonb')
  filter: object;

  /** Moves when the filter does, so that a back-fill of an older filter stops itself. */
  @Column('integer')
  version: number;

  @Column('text', { name: 'backfill_state' })
  backfillState: BackfillState;

  @Column('bigint', { name: 'backfill_done' })
  backfillDone: number;

  @Column('bigint', { name: 'backfill_total' })
  backfillTotal: number;

  /** The last contact that the back-fill has passed: where it goes on after a crash. */
  @Column(hexId({ name: 'backfill_after', nullable: true }))
  backfillAfter: string | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt: Date;

  @Column('timestamptz', { name: 'deleted_at', nullable: true })
  deletedAt: Date | null;
}
