import { randomBytes } from 'node:crypto';
import type { Api } from './api.js';
import { type Expected, type Ledger, membership } from './ledger.js';
import type { Receiver } from './receiver.js';
import { remark, step, timeOfDay } from './screen.js';
import { segments } from './segments.js';

export interface Stage {
  readonly api: Api;
  /** Where the receiver listens. */
  readonly endpointId: string;
  readonly ledger: Ledger;
  readonly signal: AbortSignal;
}

/** How long a person is active after being seen, in seconds: the segment's minute. */
const ACTIVE_S = 60;

/** How long before it is told of, in seconds, Bob was seen: the clock then needs no more than the rest of the minute. */
const SEEN_AGO_S = 45;

/** People of this run, so that the story can be told again where it was told before. */
const run = randomBytes(3).toString('hex');
const ada = `ada-${run}`;
const bob = `bob-${run}`;

const { trying, buyers, active } = segments;

/** Starts the receiver and registers it. @returns the id of the endpoint */
export async function listen(api: Api, receiver: Receiver): Promise<string> {
  const url = await receiver.start();
  step(`A receiver listens at ${url}, as one of your own systems would.`);
  step('POST /endpoints registers it for every topic, and answers with the secret that verifies signatures.');
  const { id, secret } = await api.create('/endpoints', { url, topics: ['*'], description: 'npm run demo' });
  receiver.trust(secret);
  return id;
}

/** The story from there on. @throws {MissingWebhooks} as soon as something expected has not arrived in time */
export async function tell(stage: Stage): Promise<void> {
  stage.ledger.name(ada, 'Ada');
  stage.ledger.name(bob, 'Bob');
  await tryEndpoint(stage);
  await defineSegments(stage);
  await signUp(stage);
  const leavesAt = await beSeen(stage);
  await purchase(stage);
  await upgrade(stage);
  await waitForTheClock(stage, leavesAt);
}

async function tryEndpoint(stage: Stage): Promise<void> {
  const ping = () => stage.api.post(`/endpoints/${stage.endpointId}/ping`);
  step(
    'POST /endpoints/{id}/ping tries it. Of each webhook you will see its topic, about whom it is, its number',
  );
  remark('among all about that person, its signature, and how long it took from the request that caused it.');
  remark('Webhooks may overtake each other: their numbers tell the order.');
  await cause(stage, ping, [['ping', 'to try the endpoint']]);
  await stage.ledger.settled(stage.signal);
}

async function defineSegments({ api, ledger }: Stage): Promise<void> {
  step('POST /segments defines three rules. Who matches them is for Muster to know, from here on.');
  for (const { name, says, filter } of Object.values(segments)) {
    const { id } = await api.create('/segments', { name, filter });
    ledger.name(id, name);
    remark(`   ${name.padEnd(20)}  ${says}`);
  }
}

async function signUp(stage: Stage): Promise<void> {
  step('intercom.contacts.create: Ada and Bob sign up, on the free plan.');
  for (const [external_id, name] of [
    [ada, 'Ada'],
    [bob, 'Bob'],
  ] as const) {
    const person = { external_id, name, signed_up_at: now(), custom_attributes: { plan: 'free' } };
    await cause(stage, () => stage.api.intercom.contacts.create(person), [
      ['contact.user.created', name],
      ['segment.entered', membership(name, trying.name)],
    ]);
  }
  await stage.ledger.settled(stage.signal);
}

/** @returns when Bob stops being active, in unix seconds */
async function beSeen(stage: Stage): Promise<number> {
  step(`POST /ping: Bob was here ${SEEN_AGO_S} s ago.`);
  const seenAt = now() - SEEN_AGO_S;
  await cause(stage, () => stage.api.post('/ping', { user_id: bob, created_at: seenAt }), [
    ['segment.entered', membership('Bob', active.name)],
  ]);
  const leavesAt = seenAt + ACTIVE_S;
  stage.ledger.expect([['segment.left', membership('Bob', active.name, 'clock')]], leavesAt * 1000);
  await stage.ledger.settled(stage.signal);
  remark(`That is all about Bob: at ${timeOfDay(leavesAt)} the clock alone will make him leave.`);
  return leavesAt;
}

async function purchase(stage: Stage): Promise<void> {
  step('intercom.events.create: Ada purchases, and purchases again.');
  const buy = (amount: number) => () =>
    stage.api.intercom.events.create({
      event_name: 'purchased',
      user_id: ada,
      // Two events of one name in one second would be one.
      created_at: now() - amount,
      metadata: { amount: `${amount}` },
    });
  await cause(stage, buy(30), [['event.created', 'Ada purchased']]);
  await cause(stage, buy(20), [
    ['event.created', 'Ada purchased'],
    ['segment.entered', membership('Ada', buyers.name)],
  ]);
  await stage.ledger.settled(stage.signal);
}

async function upgrade(stage: Stage): Promise<void> {
  const { contacts } = stage.api.intercom;
  step('intercom.contacts.update: Ada moves to the pro plan.');
  const { id = '' } = await contacts.showContactByExternalId({ external_id: ada });
  await cause(stage, () => contacts.update({ contact_id: id, custom_attributes: { plan: 'pro' } }), [
    ['contact.user.updated', 'Ada'],
    ['segment.left', membership('Ada', trying.name)],
  ]);
  await stage.ledger.settled(stage.signal);
}

async function waitForTheClock({ ledger, signal }: Stage, leavesAt: number): Promise<void> {
  step(`Nobody sends anything now. At ${timeOfDay(leavesAt)} Bob will have been away for a minute …`);
  await ledger.settled(signal, leavesAt * 1000);
}

/** A request, and the webhooks it must lead to: timed from before it is sent, for they may overtake its answer. */
async function cause(
  stage: Stage,
  request: () => PromiseLike<unknown>,
  expected: readonly Expected[],
): Promise<void> {
  stage.ledger.expect(expected);
  await request();
}

const now = (): number => Math.floor(Date.now() / 1000);
