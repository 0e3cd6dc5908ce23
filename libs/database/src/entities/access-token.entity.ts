import { Column, Entity } from 'typeorm';
import { hexId } from './hex-id.js';

/** A bearer token of a workspace, kept as its SHA-256 only. */
@Entity('access_token')
export class AccessToken {
  @Column(hexId({ primary: true }))
  sha256: string;

  @Column('integer', { name: 'workspace_id' })
  workspaceId: number;

  /** Whoever brings the token acts as this admin. */
  @Column('integer', { name: 'admin_id' })
  adminId: number;
}
