import { Column, Entity } from 'typeorm';
import { hexId } from './hex-id.js';

export type EndpointState = 'enabled' | 'disabled';

/** Where notifications go. */
@Entity('endpoint')
export class Endpoint {
  @Column(hexId({ primary: true }))
  id: string;

  @Column('integer', { name: 'workspace_id' })
  workspaceId: number;

  @Column('text')
  url: string;

  /** Topics or their wildcards: `segment.entered`, `segment.*`, `*`. */
  @Column('text', { array: true })
  topics: string[];

  @Column('text')
  description: string;

  /** The signing secret, encrypted with the server's secret key. */
  @Column(hexId())
  secret: string;

  @Column('text')
  state: EndpointState;

  @Column('text', { name: 'disabled_reason', nullable: true })
  disabledReason: string | null;

  /** No delivery is tried before this instant. */
  @Column('timestamptz', { name: 'blocked_until', nullable: true })
  blockedUntil: Date | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt: Date;

  @Column('timestamptz', { name: 'deleted_at', nullable: true })
  deletedAt: Date | null;
}
