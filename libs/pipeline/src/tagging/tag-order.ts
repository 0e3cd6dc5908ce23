import type { Tag, TagName, TagRepository, Transaction } from '#database';
import { DomainError } from '#domain';

/** A tag by its name, to be put on things, or taken off them. `by` is an admin, `at` in unix seconds. */
export interface TagOrder extends TagName {
  readonly by: number;
  readonly at: number;
}

/** One thing that is tagged, or untagged, and how the client names it. */
export interface Target<R> {
  readonly reference: R;
  readonly untag: boolean;
}

/** What is to be tagged and what to be untagged: the `ids` in the order of their targets. */
export function split(targets: readonly Target<unknown>[], ids: readonly string[]) {
  const those = (untag: boolean) => [...new Set(ids.filter((_, i) => targets[i]?.untag === untag))];
  return { on: those(false), off: those(true) };
}

/** The tag of an order: made if something is to have it, `not_found` if it could only be taken off. */
export async function tagOf(
  order: TagOrder,
  needed: boolean,
  tags: TagRepository,
  tx: Transaction,
): Promise<Tag> {
  const tag = needed ? await tags.ensure(order, order.at, tx) : await tags.named(order, tx);
  if (tag) return tag;
  throw new DomainError('not_found', `Resource Not Found: there is no tag named ${order.name}`, 'name');
}
