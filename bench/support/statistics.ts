/** The value that `share` of the others do not exceed; of none, 0. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** One line of the report: what was measured, the rate, its share of the floor, and the share to reach. */
export function report(
  name: string,
  rate: number,
  against: { readonly floor: number; readonly target?: number },
): void {
  const { floor, target } = against;
  const ratio = rate / floor;
  const verdict = target === undefined ? '' : `  target ${target}  ${ratio >= target ? 'reached' : 'MISSED'}`;
  console.log(
    `${name.padEnd(44)} ${Math.round(rate).toString().padStart(8)} /s  ratio ${ratio.toFixed(2)}${verdict}`,
  );
}

/** One line of the report about a time in milliseconds, which is not to exceed `limit`. */
export function reportTime(name: string, ms: number, limit: number): void {
  const verdict = ms <= limit ? 'reached' : 'MISSED';
  console.log(`${name.padEnd(44)} ${ms.toFixed(1).padStart(8)} ms  limit ${limit} ms  ${verdict}`);
}
