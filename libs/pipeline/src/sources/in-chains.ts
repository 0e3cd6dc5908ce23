import { groupBy } from '#domain';

/** How many chains are underway at once: each may hold a connection to the database. */
const PARALLEL = 4;

/** Does the work of items that share a key one after another, in their order, and that of the others side by side. */
export async function inChains<T>(
  items: readonly T[],
  keysOf: (item: T) => readonly string[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  const left = chains(items, keysOf).values();
  const workers = Array.from({ length: PARALLEL }, async () => {
    for (const chain of left) for (const item of chain) await work(item);
  });
  await Promise.all(workers);
}

/** Items that share a key, directly or through others, are of one chain. */
function chains<T>(items: readonly T[], keysOf: (item: T) => readonly string[]): T[][] {
  const groups = new Groups();
  for (const item of items) groups.join(keysOf(item));
  return [...groupBy(items, (item) => groups.rootOf(keysOf(item)[0] ?? '')).values()];
}

/** Which keys belong together: each leads to the root of its group. */
class Groups {
  private readonly parents = new Map<string, string>();

  join([first, ...others]: readonly string[]): void {
    for (const key of others) this.parents.set(this.rootOf(key), this.rootOf(first ?? key));
  }

  rootOf(key: string): string {
    let root = key;
    for (
      let next = this.parents.get(root);
      next !== undefined && next !== root;
      next = this.parents.get(root)
    )
      root = next;
    if (root !== key) this.parents.set(key, root);
    return root;
  }
}
