import { Column, Entity } from 'typeorm';
import { hexId } from './hex-id.js';

/** What a workspace's backend signs its users' names with. */
@Entity('identity_secret')
export class IdentitySecret {
  @Column(hexId({ primary: true }))
  id: string;

  @Column('integer', { name: 'workspace_id' })
  workspaceId: number;

  @Column('text')
  name: string;

  /** Encrypted with the server's secret key. */
  @Column(hexId())
  secret: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;
}
