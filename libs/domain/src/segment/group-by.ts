/** Lists that have at least one item, so that the first may speak for all. */
export type Some<T> = [T, ...T[]];

/** (Node 20 has no `Map.groupBy`.) */
export function groupBy<K, T>(items: Iterable<T>, keyOf: (item: T) => K): Map<K, Some<T>> {
  const groups = new Map<K, Some<T>>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
