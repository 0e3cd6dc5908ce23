import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { IdentityVerification, IpAddresses, UnknownAttributes } from '#domain';

/** One customer app. */
@Entity('workspace')
export class Workspace {
  @PrimaryGeneratedColumn('identity', { type: 'integer', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column('text', { name: 'app_id' })
  appId: string;

  /** IANA name: whole days in filters are counted in this zone. */
  @Column('text', { name: 'time_zone', default: 'UTC' })
  timeZone: string;

  /** What becomes of custom attributes that nobody declared. */
  @Column('text', { name: 'unknown_attributes', default: 'create' })
  unknownAttributes: UnknownAttributes;

  /** What becomes of a user whom a browser names and no signature vouches for. */
  @Column('text', { name: 'identity_verification', default: 'off' })
  identityVerification: IdentityVerification;

  /** What is kept of the addresses that contacts are seen at. */
  @Column('text', { name: 'ip_addresses', default: 'full' })
  ipAddresses: IpAddresses;

  /** Moves with every change of a rule, so that a worker knows when its compiled rules are old. */
  @Column('bigint', { name: 'rules_version', default: 0 })
  rulesVersion: number;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt: Date;
}
