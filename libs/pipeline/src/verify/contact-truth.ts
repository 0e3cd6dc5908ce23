import type { AuditedContact, Difference } from '#database';
import {
  belongsToSegments,
  type Contact,
  countSessions,
  type EventHistory,
  type EventSummary,
  joinRuns,
  type Platform,
  PLATFORMS,
  type RuleIndex,
  type Run,
  SESSION_COUNT,
  type Subject,
} from '#domain';
import { formatPhone } from '#platform';

/** What a contact is held against: its workspace's rules, those of them that are not filled yet, and the time. */
export interface Yardstick {
  readonly index: RuleIndex;
  readonly unfilled: ReadonlySet<string>;
  readonly now: number;
}

/** One fact, as it is kept and as it follows. */
export type Fact = Pick<Difference, 'what' | 'stored' | 'found'>;

/** Everything that is kept of a contact and follows from something else. */
export function factsOf(audited: AuditedContact, yardstick: Yardstick): Fact[] {
  return [
    ...eventFacts(audited),
    ...sessionFacts(audited),
    ...attributeFacts(audited),
    ...segmentFacts(audited, yardstick),
  ];
}

/** History that was told counts beside what was recorded, and may have begun earlier or ended later. */
function eventFacts({ events, summaries }: AuditedContact): Fact[] {
  const recorded = new Map(events.map((history) => [history.name, history]));
  const kept = new Map(summaries.map((summary) => [summary.name, summary]));
  return [...new Set([...recorded.keys(), ...kept.keys()])].flatMap((name) => {
    const [summary, history] = [kept.get(name), recorded.get(name)];
    const count = { what: `${name}: count`, stored: summary?.count ?? 0 };
    const counted = { ...count, found: (history?.count ?? 0) + (summary?.seeded ?? 0) };
    return summary && history ? [counted, ...endFacts(summary, history)] : [counted];
  });
}

function endFacts(
  { name, first, last, seeded }: AuditedContact['summaries'][number],
  history: EventHistory,
): Fact[] {
  const [earliest, latest] = [Math.min(first, history.first), Math.max(last, history.last)];
  return [
    { what: `${name}: first`, stored: first, found: seeded > 0 ? earliest : history.first },
    { what: `${name}: last`, stored: last, found: seeded > 0 ? latest : history.last },
  ];
}

function sessionFacts({ contact, sessions }: AuditedContact): Fact[] {
  const of = (platform: Platform) => sessions.filter((run) => run.platform === platform);
  return [
    seenFact(contact, 'last_seen_at', sessions),
    seenFact(contact, 'ios_last_seen_at', of('ios')),
    seenFact(contact, 'android_last_seen_at', of('android')),
    ...PLATFORMS.flatMap((platform) => countFacts(contact, platform, of(platform))),
  ];
}

function seenFact({ attributes }: Contact, what: string, runs: readonly Run[]): Fact {
  const stored = Number(attributes[what] ?? -Infinity);
  return { what, stored, found: Math.max(stored, ...runs.map(({ endedAt }) => endedAt)) };
}

function countFacts({ attributes }: Contact, platform: Platform, runs: readonly Run[]): Fact[] {
  const what = SESSION_COUNT[platform];
  return [
    { what, stored: attributes[what] ?? 0, found: countSessions(runs, platform) },
    { what: `${platform} sessions, joined`, stored: runs.length, found: joinRuns(runs, platform).length },
  ];
}

function attributeFacts({ contact }: AuditedContact): Fact[] {
  const { email, email_domain: domain, phone, formatted_phone: formatted } = contact.attributes;
  const found = typeof email === 'string' ? email.slice(email.lastIndexOf('@') + 1) : undefined;
  const read = typeof phone === 'string' ? formatPhone(phone) : undefined;
  return [
    { what: 'email_domain', stored: domain, found },
    { what: 'formatted_phone', stored: formatted, found: read },
  ];
}

function segmentFacts(audited: AuditedContact, { index, unfilled, now }: Yardstick): Fact[] {
  const { contact, segmentIds } = audited;
  const subject = subjectOf(audited);
  const rules = index.allRules.filter(({ id }) => !unfilled.has(id));
  const isMember = new Set(segmentIds);
  const eligible = belongsToSegments(contact);
  const members = rules.map(({ id, filter }) => ({
    what: `member of segment ${id}`,
    stored: isMember.has(id),
    found: eligible && filter.test(subject, now),
  }));
  const due = eligible ? index.nextDue(subject, now) : null;
  const late = due !== null && (contact.nextDueAt === null || contact.nextDueAt > due + SLACK);
  return [
    ...members,
    { what: 'next due time', stored: contact.nextDueAt, found: late ? due : contact.nextDueAt },
  ];
}

/** Stored times are rounded to a microsecond. */
const SLACK = 0.001;

function subjectOf({ contact, summaries }: AuditedContact): Subject {
  const events = Object.create(null) as Record<string, EventSummary>;
  for (const { name, ...summary } of summaries) events[name] = summary;
  return { attributes: contact.attributes, customAttributes: contact.customAttributes, events };
}
