import { MAX_INSTANT, type RelativeCondition } from './filter.js';
import type { Question, RelativeShape } from './predicate.js';
import { makeRuler } from './ruler.js';
import type { WholeDays } from './whole-days.js';

/** So many units before or after now. Unknown values and values that are no number never match. */
export function relativeDate(condition: RelativeCondition, days: WholeDays): Question {
  const ruler = makeRuler(condition.unit, days);
  const [order, sign] = ORDERS[condition.operator];
  const shape: RelativeShape = {
    order,
    scale: `${sign} ${condition.unit}`,
    measure: (date, now) => sign * ruler.ago(date, now),
    bound: condition.value * ruler.step,
    width: ruler.width,
  };
  const holds = comparison(shape);
  const edges = (date: number) => ruler.edges(date, sign * condition.value);
  return {
    shape: { kind: 'relative', ...shape },
    test: (value, now) => typeof value === 'number' && holds(value, now),
    nextFlip: (value, now) => (typeof value === 'number' ? firstFlip(value, now, { holds, edges }) : null),
  };
}

const PAST = 1;
const FUTURE = -1;
const ORDERS = {
  more_than_ago: ['more', PAST],
  less_than_ago: ['less', PAST],
  exactly_ago: ['exactly', PAST],
  more_than_from_now: ['more', FUTURE],
  less_than_from_now: ['less', FUTURE],
  exactly_from_now: ['exactly', FUTURE],
} as const;

type Holds = (date: number, now: number) => boolean;

/** "Less than 3 days ago" is not said of the future, nor "from now" of the past. */
function comparison({ order, measure, bound, width }: RelativeShape): Holds {
  if (order === 'more') return (date, now) => measure(date, now) > bound;
  const [low, high] = order === 'less' ? [0, bound] : [bound, bound + width];
  return (date, now) => {
    const distance = measure(date, now);
    return distance >= low && distance < high;
  };
}

interface Timed {
  readonly holds: Holds;
  readonly edges: (date: number) => number[];
}

/** The answer is constant between edges, so the first edge with another answer than now's is the flip. */
function firstFlip(date: number, now: number, { holds, edges }: Timed): number | null {
  const was = holds(date, now);
  let flip = Infinity;
  for (const edge of edges(date)) if (edge > now && edge < flip && holds(date, edge) !== was) flip = edge;
  return flip <= MAX_INSTANT ? flip : null;
}
