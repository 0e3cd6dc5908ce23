import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A lease has a column of its own, which no index holds: to claim a delivery then changes no index. A workspace's
 * deliveries are found by way of its endpoints, for they are kept by endpoint.
 */
export class Leases1764000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE delivery ADD COLUMN leased_until timestamptz;
      UPDATE delivery SET leased_until = next_at WHERE lease_id IS NOT NULL;
      DROP INDEX delivery_workspace;`);
  }

  async down(): Promise<void> {
    throw new Error('Going back would lose what was accepted since: restore a backup instead');
  }
}
