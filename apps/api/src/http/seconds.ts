/** A time on the wire: whole unix seconds. */
export const secondsOf = (date: Date): number => Math.floor(date.getTime() / 1000);

/** The same of unix seconds with fractions; null stays unknown. */
export const wholeSeconds = (at: number | null): number | null => (at === null ? null : Math.floor(at));
