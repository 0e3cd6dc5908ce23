import { setTimeout as sleep } from 'node:timers/promises';
import { DemoError } from './demo-error.js';
import type { Arrival } from './receiver.js';
import { webhookLine } from './screen.js';
import type { Webhook } from './webhook.js';

/** How long a webhook may take from its cause, in milliseconds: much, for the machine may be busy. */
const WITHIN_MS = 10_000;
const LOOK_MS = 10;

/** A webhook that must come: its topic, and what about whom, as it will be printed. */
export type Expected = readonly [topic: string, about: string];

interface Entry {
  readonly topic: string;
  readonly about: string;
  /** When its cause happens, in milliseconds. */
  readonly since: number;
  arrived: boolean;
}

/** Expected webhooks did not come. */
export class MissingWebhooks extends DemoError {}

/** What must arrive, what has arrived, and how long it took. */
export class Ledger {
  /** Milliseconds from a request, or from an instant that the clock reached, to the webhook. */
  readonly took: Record<'update' | 'clock', number[]> = { update: [], clock: [] };
  unverified = 0;
  private readonly entries: Entry[] = [];
  private readonly seen = new Set<string>();
  private readonly numbers = new Map<string, Set<number>>();
  /** The people and segments of the story, by external id and by id. */
  private readonly names = new Map<string, string>();

  name(id: string, name: string): void {
    this.names.set(id, name);
  }

  /** Expects webhooks. @param since when their cause happens, in milliseconds */
  expect(expected: readonly Expected[], since = Date.now()): void {
    for (const [topic, about] of expected) this.entries.push({ topic, about, since, arrived: false });
  }

  /** Notes and prints a webhook. On a busy server most are about other people, and one may come twice: both are passed over. */
  arrive(arrival: Arrival): void {
    const { id, at, verified, webhook } = arrival;
    const about = this.about(webhook);
    if (about === undefined || this.seen.has(id)) return;
    this.seen.add(id);
    if (!verified) this.unverified++;
    this.count(webhook);
    const entry = this.entries.find(
      (one) => !one.arrived && one.topic === webhook.type && one.about === about,
    );
    if (entry === undefined) return webhookLine(arrival, about);
    entry.arrived = true;
    const { reason = 'update', crossed_at: crossedAt = 0 } = webhook.data;
    const ms = Math.round(at - (reason === 'clock' ? crossedAt * 1000 : entry.since));
    this.took[reason].push(ms);
    webhookLine(arrival, about, ms);
  }

  /**
   * Waits for all webhooks whose cause has happened by then (milliseconds).
   * @throws {MissingWebhooks} that lists what did not come in time
   */
  async settled(signal: AbortSignal, by = Date.now()): Promise<void> {
    for (;;) {
      const open = this.entries.filter(({ arrived, since }) => !arrived && since <= by);
      if (open.length === 0) return;
      if (open.some(({ since }) => Date.now() > since + WITHIN_MS)) throw new MissingWebhooks(listed(open));
      await sleep(LOOK_MS, undefined, { signal });
    }
  }

  /** The people whose webhooks are not numbered 1, 2, 3, …: one of theirs was lost. */
  get gaps(): string[] {
    return [...this.numbers].filter(([, seen]) => Math.max(...seen) !== seen.size).map(([who]) => who);
  }

  /** Undefined for what the story is not about. */
  private about({ type, data }: Webhook): string | undefined {
    if (type === 'ping') return 'to try the endpoint';
    const who = this.names.get(data.contact?.external_id ?? '');
    if (who === undefined) return undefined;
    if (data.event) return `${who} ${data.event.event_name}`;
    if (!data.segment) return who;
    const segment = this.names.get(data.segment.id) ?? 'a segment of somebody else';
    return membership(who, segment, data.reason);
  }

  private count({ data }: Webhook): void {
    const who = this.names.get(data.contact?.external_id ?? '');
    if (who === undefined || data.sequence === undefined) return;
    this.numbers.set(who, (this.numbers.get(who) ?? new Set()).add(data.sequence));
  }
}

/** How a change of membership is told. */
export function membership(who: string, segment: string, reason: 'update' | 'clock' = 'update'): string {
  return `${who}: ${segment}${reason === 'clock' ? ', by the clock' : ''}`;
}

function listed(entries: readonly Entry[]): string {
  const lines = entries.map(({ topic, about }) => `  ${topic}  ${about}`);
  return `not arrived within ${WITHIN_MS / 1000} s:\n${lines.join('\n')}`;
}
