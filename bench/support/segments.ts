const PLANS = 50;
const NAMES = 20;

/** `count` filters as a team has them: attributes, event counts, and dates that move with the clock. */
export function mixedFilters(count: number): object[] {
  return Array.from({ length: count }, (_, i) => {
    const k = Math.floor(i / 4) + 1;
    const event = `event ${i % NAMES}`;
    switch (i % 4) {
      case 0:
        return { event, measure: 'count', operator: '>=', value: k * 3 };
      case 1:
        return { event, measure: 'last', operator: 'more_than_ago', value: k, unit: 'days' };
      case 2:
        return {
          operator: 'AND',
          value: [
            { field: 'custom_attributes.plan', operator: '=', value: `plan ${k % PLANS}` },
            { event, measure: 'count', operator: '>', value: k },
          ],
        };
      default:
        return { field: 'last_seen_at', operator: 'more_than_ago', value: k, unit: 'days' };
    }
  });
}

export const eventName = (i: number): string => `event ${i % NAMES}`;
export const planName = (i: number): string => `plan ${i % PLANS}`;
