import { Api } from './api.js';
import { DemoError } from './demo-error.js';
import { diagnosis } from './diagnosis.js';
import { Ledger, MissingWebhooks } from './ledger.js';
import { Receiver } from './receiver.js';
import { say } from './screen.js';
import { givenServer, OwnServer, type Server } from './server.js';
import { listen, tell } from './story.js';
import { summary } from './summary.js';

const interruption = new AbortController();
const interrupt = () => interruption.abort(new DemoError('interrupted'));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt);
// Whoever read the output has left, as in: npm run demo | head
process.stdout.on('error', interrupt);

process.exitCode = await main();

async function main(): Promise<number> {
  try {
    say(
      'Muster: people and what they do go in, and signed webhooks come out, the moment somebody matches a rule.',
    );
    const given = givenServer(process.env);
    await (given ? onGiven(given) : onOwn());
    return 0;
  } catch (error) {
    const { message } = interruption.signal.aborted
      ? (interruption.signal.reason as Error)
      : (error as Error);
    process.stderr.write(`\ndemo: ${message}\n`);
    return 1;
  }
}

async function onOwn(): Promise<void> {
  const server = new OwnServer();
  try {
    say('\nNo MUSTER_URL is set: starting a Muster for the demo, its data thrown away afterwards …');
    await server.start(interruption.signal);
    say(`It is ready at ${server.url}.`);
    await perform(new Api(server, interruption.signal));
    say(`\nWhat it keeps, held against what that follows from:\n${await server.verify()}`);
  } finally {
    await server.stop();
  }
}

async function onGiven(server: Server): Promise<void> {
  const api = new Api(server, interruption.signal);
  try {
    say(`\nAgainst ${server.url}, where its endpoint and segments are removed afterwards.`);
    await perform(api);
  } finally {
    await api.removeAll();
  }
}

async function perform(api: Api): Promise<void> {
  const ledger = new Ledger();
  const receiver = new Receiver((arrival) => ledger.arrive(arrival));
  try {
    const endpointId = await listen(api, receiver);
    const told = tell({ api, ledger, endpointId, signal: interruption.signal });
    await told.catch((error: unknown) => explain(error, api, endpointId));
    say(summary(ledger));
  } finally {
    receiver.stop();
  }
}

/** Asks Muster what became of the webhooks that did not arrive. */
async function explain(error: unknown, api: Api, endpointId: string): Promise<never> {
  if (!(error instanceof MissingWebhooks)) throw error;
  throw new DemoError(`${error.message}\n${await diagnosis(api, endpointId)}`);
}
