import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A label for contacts and companies. Its name, whatever the case, is the only one of its workspace. */
@Entity('tag')
export class Tag {
  @PrimaryGeneratedColumn('identity', { type: 'integer', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column('integer', { name: 'workspace_id' })
  workspaceId: number;

  @Column('text')
  name: string;
}
