import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

export type ConsentType = 'opt_out' | 'opt_in';

/** A kind of message that contacts decide on. */
@Entity('subscription_type')
export class SubscriptionType {
  @PrimaryGeneratedColumn('identity', { type: 'integer', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column('integer', { name: 'workspace_id' })
  workspaceId: number;

  @Column('text')
  name: string;

  @Column('text')
  description: string;

  @Column('text')
  state: 'live' | 'draft' | 'archived';

  /** What has to be done: opt out of what is sent otherwise, or opt in to what is not. */
  @Column('text', { name: 'consent_type' })
  consentType: ConsentType;

  @Column('text', { name: 'content_types', array: true })
  contentTypes: ('email' | 'sms_message')[];

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt: Date;
}
