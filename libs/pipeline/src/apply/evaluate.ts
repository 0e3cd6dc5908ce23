import { Injectable } from '@nestjs/common';
import { MembershipRepository, type Move, type Transaction } from '#database';
import { belongsToSegments, eventNamesOf, firstFlip, type Id, type Rule, type RuleIndex } from '#domain';
import type { Batch, TouchedContact, Transition } from './batch.js';
import { EventSummaries } from './event-summaries.js';

/** A contact and the rules that its changes, or the clock, may have flipped. */
interface Candidate {
  readonly touched: TouchedContact;
  readonly index: RuleIndex;
  readonly rules: Iterable<Rule>;
}

/** Third step: which memberships begin or end, looking only at rules that can have flipped. */
@Injectable()
export class Evaluator {
  constructor(
    private readonly summaries: EventSummaries,
    private readonly memberships: MembershipRepository,
  ) {}

  async run(batch: Batch, tx: Transaction): Promise<Map<Id, Transition[]>> {
    const indexed = [...batch.contacts.values()].flatMap((touched) => {
      const index = batch.workspaces.get(touched.contact.workspaceId)?.index;
      return index ? [{ touched, index }] : [];
    });
    await this.loadForDue(indexed, batch.now, tx);
    const candidates = indexed.map((pair) => ({ ...pair, rules: candidateRules(pair, batch.now) }));
    await this.loadForRules(candidates, tx);
    for (const candidate of candidates) planNextDue(candidate, batch.now);
    return this.move(candidates, batch.now, tx);
  }

  /** What the clock may flip can be anything that a rule reads. */
  private loadForDue(
    indexed: readonly Omit<Candidate, 'rules'>[],
    now: number,
    tx: Transaction,
  ): Promise<void> {
    const due = indexed.filter(({ touched }) => mustSeeAll(touched, now));
    return this.summaries.load(
      due.flatMap(({ touched, index }) => [...index.eventNames].map((name) => ({ contact: touched, name }))),
      tx,
    );
  }

  private loadForRules(candidates: readonly Candidate[], tx: Transaction): Promise<void> {
    const wanted = candidates.flatMap(({ touched, rules }) => {
      const names = new Set([...rules].flatMap((rule) => [...eventNamesOf(rule.filter.keys)]));
      return [...names].map((name) => ({ contact: touched, name }));
    });
    return this.summaries.load(wanted, tx);
  }

  /** Writes memberships as the rules now say. What the statements really changed are the transitions. */
  private async move(
    candidates: readonly Candidate[],
    now: number,
    tx: Transaction,
  ): Promise<Map<Id, Transition[]>> {
    const wanted = new Map<string, Move & Transition>();
    for (const { touched, rules } of candidates) {
      for (const rule of rules) {
        const { id: contactId, workspaceId } = touched.contact;
        const transition = transitionOf(touched, rule, now);
        const whose = { contactId, workspaceId, segmentId: rule.id, noticedAt: now };
        wanted.set(`${contactId} ${rule.id}`, { ...transition, ...whose });
      }
    }
    const moves = [...wanted.values()];
    const entered = await this.memberships.enter(
      moves.filter((move) => move.entered),
      tx,
    );
    const left = await this.memberships.leave(
      moves.filter((move) => !move.entered),
      tx,
    );
    const transitions = new Map<Id, Transition[]>();
    for (const { contactId, segmentId } of [...left, ...entered]) {
      const move = wanted.get(`${contactId} ${segmentId}`);
      if (move) transitions.set(contactId, [...(transitions.get(contactId) ?? []), move]);
    }
    return transitions;
  }
}

/** A new contact may match anything; one that is due may match or leave whatever time touches. */
const mustSeeAll = ({ anew, due }: TouchedContact, now: number): boolean =>
  anew || (due !== null && due <= now);

/** What no segment may have leaves all of them at once, and then nothing can flip. */
function candidateRules({ touched, index }: Omit<Candidate, 'rules'>, now: number): Iterable<Rule> {
  if (touched.anew) return index.allRules;
  if (!belongsToSegments(touched.contact)) return [];
  const { subject, changes, due } = touched;
  return index.candidates({ subject, changes: [...changes.values()], due, now });
}

/** The stored time may be early, never late: it moves only when something may flip sooner, or when it has come. */
function planNextDue(candidate: Candidate, now: number): void {
  const { contact } = candidate.touched;
  const next = belongsToSegments(contact) ? nextDue(candidate, now) : null;
  if (next === contact.nextDueAt) return;
  contact.nextDueAt = next;
  candidate.touched.marksChanged = true;
}

function nextDue({ touched, index }: Candidate, now: number): number | null {
  const { subject, changes, due } = touched;
  if (mustSeeAll(touched, now)) return index.nextDue(subject, now);
  return earlier(due, changes.size > 0 ? index.nextDue(subject, now, changes.keys()) : null);
}

const earlier = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.min(a, b);

function transitionOf(touched: TouchedContact, rule: Rule, now: number): Transition {
  const { contact, subject, anew, changes, rows, due } = touched;
  const entered = belongsToSegments(contact) && rule.filter.test(subject, now);
  const updated = anew || [...changes.keys()].some((key) => rule.filter.keys.has(key));
  if (updated || due === null) {
    return { rule, entered, reason: 'update', crossedAt: rows.at(-1)?.acceptedAt ?? now };
  }
  return {
    rule,
    entered,
    reason: 'clock',
    crossedAt: firstFlip(rule, subject, { from: due, now, was: !entered }),
  };
}
