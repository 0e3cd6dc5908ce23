import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A teammate: whoever brings an access token acts as one. */
@Entity('admin')
export class Admin {
  @PrimaryGeneratedColumn('identity', { type: 'integer', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column('integer', { name: 'workspace_id' })
  workspaceId: number;

  @Column('text')
  name: string;

  @Column('text')
  email: string;
}
