import { waitFor } from './wait-for.js';
import type { TestApi } from './api.js';

type Answer = Record<string, unknown>;

/** What the api says of people, once all that was accepted is applied. */
export class People {
  constructor(private readonly api: Pick<TestApi, 'send' | 'store'>) {}

  /** The user of this external id. */
  async settled(externalId: string): Promise<Answer> {
    await waitFor(
      async () => (await this.api.store.database.query('SELECT FROM inbox LIMIT 1')).length === 0,
    );
    return this.find(externalId);
  }

  async events(externalId: string): Promise<Answer[]> {
    await this.settled(externalId);
    const path = `/events?type=user&user_id=${encodeURIComponent(externalId)}&per_page=100`;
    return (await this.api.send('get', path).expect(200)).body.events;
  }

  async companies(externalId: string): Promise<Answer[]> {
    const { id } = await this.settled(externalId);
    return (await this.api.send('get', `/contacts/${String(id)}/companies`).expect(200)).body.data;
  }

  private async find(externalId: string): Promise<Answer> {
    const path = `/contacts/find_by_external_id/${encodeURIComponent(externalId)}`;
    return (await this.api.send('get', path).expect(200)).body;
  }
}
