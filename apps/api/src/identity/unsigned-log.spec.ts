import { expect, it } from '@jest/globals';
import { pino } from 'pino';
import { Logger } from '#platform';
import { UnsignedLog } from './unsigned-log.js';

it('what is not signed is logged once a minute and workspace, with how much there was', () => {
  const lines: { app_id: string; signals: number }[] = [];
  const clock = { now: () => 0 };
  const logger = new Logger(pino({}, { write: (line: string) => lines.push(JSON.parse(line)) }));
  const log = new UnsignedLog(logger, clock);
  const at = (seconds: number, appId: string) => {
    clock.now = () => seconds;
    log.add(appId);
  };
  at(100, 'a');
  at(101, 'a');
  at(102, 'b');
  at(159, 'a');
  expect(lines).toHaveLength(2);
  at(160, 'a');

  expect(lines.map(({ app_id, signals }) => [app_id, signals])).toEqual([
    ['a', 1],
    ['b', 1],
    ['a', 3],
  ]);
});
