import { describe, expect, it } from '@jest/globals';
import type { EventSummary } from '../contact/contact.js';
import { countEvent, seedSummary } from './event-summary.js';

type Fold = (summary: EventSummary | undefined) => EventSummary;

const event =
  (at: number): Fold =>
  (summary) =>
    countEvent(summary, at);
const history =
  (count: number, first: number, last: number): Fold =>
  (summary) =>
    seedSummary(summary, { name: 'purchased', count, first, last });

const foldAll = (folds: readonly Fold[]) =>
  folds.reduce<EventSummary | undefined>((summary, fold) => fold(summary), undefined);

describe('history that is told', () => {
  it('adds to what was recorded', () => {
    expect(foldAll([event(50), history(7, 10, 40)])).toEqual({ count: 8, first: 10, last: 50, seeded: 7 });
  });

  it('counts once however often it is told, and by its highest count', () => {
    const told = [history(7, 10, 40), history(7, 10, 40), history(5, 5, 20), event(50)];

    expect(foldAll(told)).toEqual({ count: 8, first: 5, last: 50, seeded: 7 });
  });

  it('makes no difference by when it arrives', () => {
    const folds = [event(50), history(7, 10, 40), event(3), history(9, 20, 60)];
    const orders = folds.flatMap((_, i) => [[...folds.slice(i), ...folds.slice(0, i)], [...folds].reverse()]);

    for (const order of orders) expect(foldAll(order)).toEqual({ count: 11, first: 3, last: 60, seeded: 9 });
  });
});
