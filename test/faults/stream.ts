import { setTimeout as pause } from 'node:timers/promises';
import type { Processes } from '../support/processes.js';

export interface Sent {
  readonly contact: string;
  readonly name: string;
  readonly createdAt: number;
}

const NAMES = ['opened', 'clicked', 'bought'];
const PARALLEL = 8;

/** Between the events of one sender, in milliseconds: 8 senders make about 200 events a second. */
const PACE_MS = 40;

/** A steady stream of events to `contacts`: each is sent again until it is accepted, so the ledger is what must be. */
export class Stream {
  readonly ledger: Sent[] = [];
  private stopping = false;
  private next = 0;
  private readonly senders: Promise<void>[];

  constructor(
    private readonly processes: Processes,
    private readonly contacts: readonly string[],
    private readonly start: number,
  ) {
    this.senders = Array.from({ length: PARALLEL }, () => this.run());
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.senders);
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      const i = this.next++;
      const contact = this.contacts[i % this.contacts.length] ?? '';
      const event = { contact, name: NAMES[i % NAMES.length] ?? '', createdAt: this.start + i };
      await this.insist(event);
      this.ledger.push(event);
      await pause(PACE_MS);
    }
  }

  /** No answer, or an answer that says to try again, is not an acceptance. */
  private async insist({ contact, name, createdAt }: Sent): Promise<void> {
    const body = { user_id: contact, event_name: name, created_at: createdAt, metadata: { n: createdAt } };
    for (;;) {
      const status = await this.processes.send('POST', '/events', body).then(
        (response) => response.status,
        () => 0,
      );
      if (status === 202) return;
      if (status !== 0 && status < 500) throw new Error(`an event was refused: ${status}`);
      await pause(50);
    }
  }
}
