import type { InboxRow } from '#database';
import {
  type Author,
  type Change,
  type Contact,
  type EventSummary,
  hasHistory,
  type Id,
  type Rule,
  type Subject,
  type SubjectKey,
} from '#domain';
import type { Workspace } from '../rules/workspace.js';

/** A write that changed an attribute. `at` in unix seconds. */
export interface Write {
  readonly by: Author;
  readonly at: number;
}

/** A contact of a batch: as it is by now, and what the batch has changed so far. */
export class TouchedContact {
  /** What there is to apply: its inbox rows in order, without duplicates of recorded events. */
  rows: InboxRow[] = [];
  created = false;
  /** Every rule is to be asked, whatever changed. */
  anew = false;
  /** Attributes, sessions or last seen differ from what is stored. */
  profileChanged = false;
  /** The sequence or the next due time differ from what is stored. */
  marksChanged = false;
  /** The earliest instant since which a rule may have flipped by time alone; null if none can have. */
  due: number | null;
  readonly changes = new Map<SubjectKey, Change>();
  /** What its timeline will show of the attributes, in the order of the writes. */
  readonly history: (Change & Write)[] = [];
  readonly dirtySummaries = new Set<string>();
  /** Names whose summaries were looked for: those not in `events` never happened. */
  readonly knownEvents = new Set<string>();
  readonly events = Object.create(null) as Record<string, EventSummary>;

  constructor(readonly contact: Contact) {
    this.due = contact.nextDueAt;
  }

  get subject(): Subject {
    const { attributes, customAttributes } = this.contact;
    return { attributes, customAttributes, events: this.events };
  }

  /** Adds changes to those before: of one key only where it began and where it ended count. */
  note(changes: readonly Change[]): void {
    for (const change of changes) {
      const before = this.changes.get(change.key)?.before;
      this.changes.set(change.key, this.changes.has(change.key) ? { ...change, before } : change);
    }
  }

  /** The same, and remembers who wrote it and when. */
  record(changes: readonly Change[], { by, at }: Write): void {
    this.note(changes);
    for (const change of changes) if (hasHistory(change.key)) this.history.push({ ...change, by, at });
  }

  dueSince(at: number): void {
    this.due = this.due === null ? at : Math.min(this.due, at);
  }
}

/** A membership that began or ended. Times in unix seconds. */
export interface Transition {
  readonly rule: Rule;
  readonly entered: boolean;
  /** What made the rule flip: something that was written, or the passing of time alone. */
  readonly reason: 'update' | 'clock';
  readonly crossedAt: number;
}

/** Rows that are applied together, in one transaction. */
export interface Batch {
  /** When the batch is applied, by the database's clock, in unix seconds. */
  readonly now: number;
  readonly contacts: ReadonlyMap<Id, TouchedContact>;
  readonly workspaces: ReadonlyMap<number, Workspace>;
  /** Contacts to whom rows of merged ones were handed on. */
  readonly heirs: ReadonlySet<Id>;
}
