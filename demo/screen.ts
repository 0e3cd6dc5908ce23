import type { Arrival } from './receiver.js';

let steps = 0;

/** One line of the story, numbered. */
export function step(text: string): void {
  say(`\n${String(++steps).padStart(2)}  ${text}`);
}

/** A line that belongs to the step before it. */
export function remark(text: string): void {
  say(`    ${text}`);
}

export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** A webhook: topic, about whom, the number it has among all about that person, its signature, how long it took. */
export function webhookLine({ webhook, verified }: Arrival, about: string, tookMs?: number): void {
  const { sequence } = webhook.data;
  const number = sequence === undefined ? '' : `#${sequence}`;
  const took = tookMs === undefined ? '' : `${tookMs} ms`;
  const seal = verified ? 'verified' : 'NOT VERIFIED';
  remark(
    `<- ${webhook.type.padEnd(20)}  ${about.padEnd(40)} ${number.padEnd(3)} ${seal} ${took.padStart(7)}`,
  );
}

/** The time on the reader's own clock, as in 14:05:09. @param at unix seconds */
export function timeOfDay(at: number): string {
  return new Date(at * 1000).toLocaleTimeString('en-GB');
}
