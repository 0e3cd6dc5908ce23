import type { CallOf, SpecCall } from '#contracts';
import type { DomainError } from '#domain';
import type { AskedCompany, Signal, SignalNames } from '#pipeline';
import { type Receipt, timeOf } from './call-time.js';
import { companyOf } from './company-of.js';
import { eventOf } from './event-of.js';
import { factsAt, textAt } from './facts.js';
import { personOf } from './person-of.js';
import { isFromClient, isSignOfLife, platformOf } from './sign-of-life.js';
import { type Sender, surroundingsOf } from './surroundings-of.js';

/** Of two calls in one millisecond the later in the batch counts: it is so much later, in seconds. */
const APART = 1e-6;

/** How a call arrived. */
export interface Received extends Receipt {
  readonly sender: Sender;
  /** Names the event of a call that has no message id. */
  readonly makeKey: () => string;
}

/** A call as sources hand it on, and what was left out of it. */
export interface ReadCall {
  readonly signal: Signal;
  readonly warnings: readonly DomainError[];
}

/** What a call says. Throws InvalidInput when its time cannot be. @param index of the call in its batch */
export function signalOf(call: SpecCall, received: Received, index: number): ReadCall {
  const at = timeOf(call, received) + index * APART;
  const { traits, companies = companyAround(call), event, warnings } = saidBy(call, received.makeKey);
  const fromClient = isFromClient(call);
  const signal: Signal = {
    at,
    who: namesOf(call, traits),
    traits,
    companies,
    event,
    activity: isSignOfLife(call, fromClient) ? { platform: platformOf(call) } : undefined,
    surroundings: surroundingsOf(call, fromClient ? received.sender : undefined),
  };
  return { signal, warnings };
}

type Said = Pick<Signal, 'traits' | 'companies' | 'event'> & Pick<ReadCall, 'warnings'>;

function saidBy(call: SpecCall, makeKey: () => string): Said {
  switch (call.type) {
    case 'identify':
      return identified(call);
    case 'group': {
      const { company, warnings } = companyOf(call.groupId, call.traits);
      return { companies: [company], warnings };
    }
    case 'alias':
      return { warnings: [] };
    default:
      return eventOf(call, call.messageId ?? makeKey());
  }
}

/** SDKs of RudderStack have the traits in the context. A company that has an id is the person's. */
function identified({ traits: told, context }: CallOf<'identify'>): Said {
  const { company, ...traits } = { ...factsAt(context, 'traits'), ...told };
  const { warnings, ...person } = personOf(traits);
  const { id, ...about } = factsAt({ company }, 'company');
  if (typeof id !== 'string' && typeof id !== 'number')
    return { traits: withCompany(person, company), warnings };
  const belongs = companyOf(String(id), about);
  return { traits: person, companies: [belongs.company], warnings: [...warnings, ...belongs.warnings] };
}

type Person = NonNullable<Signal['traits']>;

const withCompany = (person: Person, company: unknown): Person =>
  company === undefined ? person : { ...person, customAttributes: { ...person.customAttributes, company } };

/** An address is a name too, where the user is new: it may be one whom we know by it alone. */
function namesOf(call: SpecCall, traits: Signal['traits']): SignalNames {
  const { userId: externalId, anonymousId } = call;
  if (call.type === 'alias')
    return call.previousId === externalId ? { externalId } : { externalId, formerId: call.previousId };
  const email = externalId === undefined ? undefined : traits?.attributes['email'];
  return { externalId, anonymousId, email: typeof email === 'string' ? email : undefined };
}

/** The company that the person acts for, as the context has it. */
function companyAround({ type, context }: SpecCall): AskedCompany[] | undefined {
  const companyId = type === 'alias' ? undefined : textAt(context, 'groupId');
  return companyId === undefined ? undefined : [{ companyId, attributes: {}, customAttributes: {} }];
}
