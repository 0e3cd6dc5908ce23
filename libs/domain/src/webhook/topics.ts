import { DomainError } from '../domain-error.js';

/** What a notification can be about. */
export const topics = [
  'contact.user.created',
  'contact.user.updated',
  'contact.lead.created',
  'contact.lead.updated',
  'event.created',
  'segment.entered',
  'segment.left',
  'ping',
] as const;

export type Topic = (typeof topics)[number];

/** Whether an endpoint with these patterns (`segment.entered`, `segment.*`, `*`) gets the topic. Every one gets `ping`. */
export function topicMatches(patterns: readonly string[], topic: Topic): boolean {
  return topic === 'ping' || patterns.some((pattern) => matches(pattern, topic));
}

/**
 * The patterns without repeats.
 * @throws DomainError `parameter_invalid` that names the first pattern no topic answers to
 */
export function parseTopics(patterns: readonly string[]): string[] {
  if (patterns.length === 0) throw invalid('topics: expected at least one topic');
  const bad = patterns.find((pattern) => !topics.some((topic) => matches(pattern, topic)));
  if (bad !== undefined)
    throw invalid(
      `topics: "${bad}" is not a topic; known are ${topics.join(', ')}, segment.* and the like, and *`,
    );
  return [...new Set(patterns)];
}

function matches(pattern: string, topic: Topic): boolean {
  if (pattern === '*' || pattern === topic) return true;
  return pattern.endsWith('.*') && topic.startsWith(pattern.slice(0, -1));
}

const invalid = (message: string): DomainError => new DomainError('parameter_invalid', message, 'topics');
