import { type Id, type RuleIndex, topicMatches } from '#domain';

/** Where a workspace's notifications may go. */
export interface Subscriber {
  readonly id: Id;
  readonly topics: readonly string[];
}

/** What apply must know of a workspace: its compiled rules, and who listens. */
export class Workspace {
  private readonly subscribed = new Map<string, readonly Id[]>();

  constructor(
    readonly appId: string,
    readonly index: RuleIndex,
    readonly segmentNames: ReadonlyMap<Id, string>,
    private readonly subscribers: readonly Subscriber[],
  ) {}

  /** The endpoints that get notifications of this topic. */
  endpointsFor(topic: string): readonly Id[] {
    let ids = this.subscribed.get(topic);
    if (!ids) {
      ids = this.subscribers.filter(({ topics }) => topicMatches(topics, topic)).map(({ id }) => id);
      this.subscribed.set(topic, ids);
    }
    return ids;
  }
}
