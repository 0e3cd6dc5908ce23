import { Injectable } from '@nestjs/common';
import {
  type Backfill,
  ContactRepository,
  InboxRepository,
  MembershipRepository,
  type Move,
  type Transaction,
} from '#database';
import { belongsToSegments, type Contact, eventNamesOf, type Id, type Rule, undoWrite } from '#domain';
import { TouchedContact } from '../apply/batch.js';
import { EventSummaries } from '../apply/event-summaries.js';
import { ruleOf } from '../rules/rule-of.js';

/** Contacts of one transaction: few enough that their locks keep fresh updates waiting for milliseconds only. */
const PAGE = 500;

/** Looks at a page of contacts with one rule. */
@Injectable()
export class BackfillPage {
  constructor(
    private readonly contacts: ContactRepository,
    private readonly inbox: InboxRepository,
    private readonly summaries: EventSummaries,
    private readonly memberships: MembershipRepository,
  ) {}

  /**
   * Answers with the contacts of the page, in storage order; none when there are no more. Which they are is read
   * before they are locked: who is gone by then is nobody's member, and who came since is for apply to notice.
   */
  async work(backfill: Backfill, tx: Transaction): Promise<Id[]> {
    const { segmentId: id, workspaceId, after, now } = backfill;
    const page = await this.contacts.idsAfter({ workspaceId, after, limit: PAGE }, tx);
    const held = await this.contacts.lock(page, tx);
    const rule = ruleOf({ id, ...backfill }, backfill.timeZone);
    const touched = (await this.asApplied(held, tx)).map((contact) => new TouchedContact(contact));
    const names = [...eventNamesOf(rule.filter.keys)];
    await this.summaries.load(
      touched.flatMap((contact) => names.map((name) => ({ contact, name }))),
      tx,
    );
    await this.decide(rule, touched, { now, tx });
    return page;
  }

  /**
   * The contacts that segments may have, as apply last left them. What was written since and not applied yet is
   * apply's to notice: here it is taken back, and a contact of which apply will ask every rule is left out.
   */
  private async asApplied(held: readonly Contact[], tx: Transaction): Promise<Contact[]> {
    const contacts = new Map(held.filter(belongsToSegments).map((contact) => [contact.id, contact]));
    for (const { contactId, update } of await this.inbox.pendingWrites([...contacts.keys()], tx)) {
      const contact = contacts.get(contactId);
      if (update.created || update.anew) contacts.delete(contactId);
      else if (contact) undoWrite(contact, update);
    }
    return [...contacts.values()];
  }

  private async decide(
    rule: Rule,
    touched: readonly TouchedContact[],
    { now, tx }: { readonly now: number; readonly tx: Transaction },
  ): Promise<void> {
    const inside: Move[] = [];
    const outside: Move[] = [];
    const how = { reason: 'rule', crossedAt: now, noticedAt: now } as const;
    const sooner: Contact[] = [];
    for (const { contact, subject } of touched) {
      const { id: contactId, workspaceId } = contact;
      const matches = rule.filter.test(subject, now);
      (matches ? inside : outside).push({ ...how, contactId, workspaceId, segmentId: rule.id });
      if (bringForward(contact, rule.filter.nextFlip(subject, now))) sooner.push(contact);
    }
    await this.memberships.enter(inside, tx);
    await this.memberships.leave(outside, tx);
    await this.contacts.updateMarks(sooner, tx);
  }
}

function bringForward(contact: Contact, flip: number | null): boolean {
  if (flip === null || (contact.nextDueAt !== null && contact.nextDueAt <= flip)) return false;
  contact.nextDueAt = flip;
  return true;
}
