import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { type AuditedContact, AuditRepository, Database, type Difference, type Transaction } from '#database';
import type { Id } from '#domain';
import { Workspaces } from '../rules/workspaces.js';
import { factsOf } from './contact-truth.js';

/** Contacts that are looked at in one snapshot. */
const PAGE = 500;

/** How often a contact is looked at that has something to be applied, and how long apart, in milliseconds. */
const LOOKS = 20;
const REST_MS = 500;

/** Differences of one kind that are told. */
const MOST_TOLD = 100;

/** What was looked at, and what was found wrong. */
export interface Verdict {
  readonly contacts: number;
  readonly facts: number;
  readonly differences: readonly Difference[];
}

/** How a contact compares. An unsettled one has something to be applied yet. */
interface Look {
  readonly id: Id;
  readonly unsettled: boolean;
  readonly facts: number;
  readonly differences: readonly Difference[];
}

/**
 * Holds everything that is kept and follows from something else against what it follows from. A running Muster may go
 * on: each contact is seen at one moment, and one that differs is looked at again before it is told.
 */
@Injectable()
export class Verifier {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditRepository,
    private readonly workspaces: Workspaces,
  ) {}

  async run(): Promise<Verdict> {
    let [contacts, facts] = [0, 0];
    const doubtful: Id[] = [];
    let after: Id | null = null;
    for (;;) {
      const looks: Look[] = await this.look((tx) => this.audit.page(after, PAGE, tx));
      contacts += looks.length;
      facts += looks.reduce((sum, look) => sum + look.facts, 0);
      doubtful.push(...looks.filter(isDoubtful).map(({ id }) => id));
      if (looks.length < PAGE) break;
      after = looks.at(-1)?.id ?? null;
    }
    const differences = [...(await this.lookAgain(doubtful)), ...(await this.audit.differences(MOST_TOLD))];
    return { contacts, facts, differences };
  }

  /** What was seen twice is so. What waits to be applied is waited for. */
  private async lookAgain(ids: readonly Id[]): Promise<Difference[]> {
    const differences: Difference[] = [];
    for (let [left, looks] = [ids, 1]; left.length > 0; looks++) {
      if (looks > 1) await pause(REST_MS);
      const found = await this.lookAt(left);
      const settled = found.filter(({ unsettled }) => !unsettled || looks === LOOKS);
      differences.push(...settled.flatMap(told));
      left = found.filter((look) => !settled.includes(look)).map(({ id }) => id);
    }
    return differences.slice(0, MOST_TOLD);
  }

  private async lookAt(ids: readonly Id[]): Promise<Look[]> {
    const looks: Look[] = [];
    for (let i = 0; i < ids.length; i += PAGE)
      looks.push(...(await this.look((tx) => this.audit.these(ids.slice(i, i + PAGE), tx))));
    return looks;
  }

  private look(read: (tx: Transaction) => Promise<AuditedContact[]>): Promise<Look[]> {
    return this.database.transaction(async (tx) => {
      await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
      const audited = await read(tx);
      const ids = [...new Set(audited.map(({ contact }) => contact.workspaceId))];
      const rows = ids.map((workspaceId) => ({ workspaceId }));
      const { now, workspaces } = await this.workspaces.load(rows, tx);
      const unfilled = await this.audit.unfilledSegments(tx);
      return audited.flatMap((one) => {
        const index = workspaces.get(one.contact.workspaceId)?.index;
        return index ? [compare(one, factsOf(one, { index, unfilled, now }), now)] : [];
      });
    });
  }
}

const isDoubtful = ({ unsettled, differences }: Look): boolean => unsettled || differences.length > 0;

function compare({ contact, pending }: AuditedContact, facts: ReturnType<typeof factsOf>, now: number): Look {
  const wrong = facts.filter(({ stored, found }) => stored !== found);
  return {
    id: contact.id,
    unsettled: pending || (contact.nextDueAt !== null && contact.nextDueAt <= now),
    facts: facts.length,
    differences: wrong.map((fact) => ({ of: `contact ${contact.id}`, ...fact })),
  };
}

function told({ id, unsettled, differences }: Look): readonly Difference[] {
  if (!unsettled) return differences;
  return [{ of: `contact ${id}`, what: 'updates that wait to be applied', stored: 'some', found: 'none' }];
}
