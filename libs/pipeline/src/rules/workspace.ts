import type { Subscription } from '#database';
import { type Id, type RuleIndex, type Topic, topicMatches } from '#domain';

/** What apply must know of a workspace: its compiled rules, and who listens. */
export class Workspace {
  private readonly subscribed = new Map<string, readonly Id[]>();

  constructor(
    readonly appId: string,
    readonly index: RuleIndex,
    readonly segmentNames: ReadonlyMap<Id, string>,
    private readonly subscribers: readonly Subscription[],
  ) {}

  /** The endpoints that get notifications of this topic. */
  endpointsFor(topic: Topic): readonly Id[] {
    let ids = this.subscribed.get(topic);
    if (!ids) {
      ids = this.subscribers.filter(({ topics }) => topicMatches(topics, topic)).map(({ id }) => id);
      this.subscribed.set(topic, ids);
    }
    return ids;
  }
}
