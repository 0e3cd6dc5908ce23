import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { JobProducer, type LaneRange } from '#queue';
import { DueService } from '../due/due.service.js';
import { LaneRanges } from '../lane-ranges.js';
import { BATCH_ROWS, BatchRunner, type Ran } from './batch-runner.js';

/** How long one drain may take before it lets others have their turn, in milliseconds. */
const TURN_MS = 2_000;

/**
 * Where something came, more will: after a batch that was not full it rests for as long as that took, and at least and
 * at most so many milliseconds, for company. It costs as many statements to apply one row as to apply a hundred.
 */
const LEAST_REST_MS = 1;
const MOST_REST_MS = 3;

/** Drains ranges of lanes, batch by batch. Whoever holds a range's lock drains it alone. */
@Injectable()
export class ApplyLanes {
  /** Where the next batch of a range begins, so that a busy lane cannot keep the others waiting. */
  private readonly cursors = new Map<string, number>();
  private stopping = false;

  constructor(
    private readonly runner: BatchRunner,
    private readonly producer: JobProducer,
    private readonly due: DueService,
    private readonly ranges: LaneRanges,
  ) {}

  /** Applies what waits in the range until nothing comes any more, its turn is over, or another process has it. */
  async drain(range: LaneRange): Promise<void> {
    const end = performance.now() + TURN_MS;
    while (!this.stopping) {
      const started = performance.now();
      const left = await this.applyNext(range);
      const now = performance.now();
      if (left === 'nothing') return;
      if (now > end) return this.producer.hint('apply.lanes', range);
      if (left === 'little') await pause(Math.min(Math.max(now - started, LEAST_REST_MS), MOST_REST_MS));
    }
  }

  /** Lets the batch underway finish, and starts no other. */
  stop(): void {
    this.stopping = true;
  }

  /** Answers what there may be left: much when the batch was full, nothing when it was empty. */
  private async applyNext(range: LaneRange): Promise<'much' | 'little' | 'nothing'> {
    const key = `${range.from}-${range.to}`;
    const from = this.cursors.get(key) ?? range.from;
    const ran = await this.runner.next(range, { from, to: range.to });
    this.tell(ran);
    const full = ran.rows.length >= BATCH_ROWS;
    const lastLane = ran.rows.at(-1)?.lane ?? range.to;
    this.cursors.set(key, full && lastLane < range.to ? lastLane + 1 : range.from);
    if (full || from !== range.from) return 'much';
    return ran.rows.length > 0 ? 'little' : 'nothing';
  }

  private tell({ applied }: Ran): void {
    for (const { endpointIds, nextDue, heirs } of applied) {
      for (const endpointId of endpointIds) this.producer.hint('deliver.endpoint', { endpointId });
      if (nextDue !== null) this.due.expect(nextDue);
      this.ranges.hintContacts(heirs);
    }
  }
}
