import { describe, expect, it } from '@jest/globals';
import { parseTopics, topicMatches } from './topics.js';

describe('topicMatches', () => {
  it.each([
    [['segment.entered'], 'segment.entered', true],
    [['segment.entered'], 'segment.left', false],
    [['segment.*'], 'segment.left', true],
    [['contact.*'], 'contact.user.created', true],
    [['contact.user.*'], 'contact.lead.created', false],
    [['*'], 'event.created', true],
    [['event.created', 'segment.*'], 'segment.entered', true],
    [[], 'event.created', false],
    [['event.created'], 'ping', true],
  ] as const)('%j and %s: %s', (patterns, topic, expected) => {
    expect(topicMatches(patterns, topic)).toBe(expected);
  });
});

describe('parseTopics', () => {
  it('keeps every pattern some topic answers to, once', () => {
    expect(parseTopics(['segment.*', '*', 'ping', 'segment.*'])).toEqual(['segment.*', '*', 'ping']);
  });

  it.each(['segment.enterd', 'segments.*', 'seg*', '', '.*', 'segment', 'segment.entered.*', '**'])(
    'names the bad one: "%s"',
    (bad) => {
      expect(() => parseTopics(['event.created', bad])).toThrow(
        expect.objectContaining({
          code: 'parameter_invalid',
          field: 'topics',
          message: expect.stringContaining(`"${bad}"`),
        }),
      );
    },
  );

  it('refuses an endpoint that asks for nothing', () => {
    expect(() => parseTopics([])).toThrow('at least one topic');
  });
});
