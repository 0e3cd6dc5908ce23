import { DemoError } from './demo-error.js';
import type { Ledger } from './ledger.js';

/** The last lines. @throws {DemoError} when what arrived is not right */
export function summary({ took, unverified, gaps }: Ledger): string {
  const count = took.update.length + took.clock.length;
  if (unverified > 0)
    throw new DemoError(`${unverified} of ${count} webhooks had a signature that is not right`);
  if (gaps.length > 0)
    throw new DemoError(`a webhook about ${gaps.join(' and ')} was lost: numbers are missing`);
  return `
All ${count} expected webhooks arrived, ${count} verified by standardwebhooks, numbered without a gap.
From request to webhook: p50 ${median(took.update)} ms, max ${Math.max(...took.update)} ms.
From the instant that the clock reached to webhook: ${took.clock.join(', ')} ms.`;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? 0;
}
