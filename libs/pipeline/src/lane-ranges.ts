import { availableParallelism } from 'node:os';
import { Injectable } from '@nestjs/common';
import { type Id, laneOf, LANES } from '#domain';
import { JobProducer, type LaneRange } from '#queue';

/**
 * How the lanes are cut into pieces of work. A few wide ranges make big batches; the cut may differ between processes
 * and change at any time, since rows are taken with SKIP LOCKED and contacts are locked before they are changed.
 */
@Injectable()
export class LaneRanges {
  private readonly all = cutLanes(Math.min(LANES, availableParallelism()));

  constructor(private readonly producer: JobProducer) {}

  /** The ranges that these lanes belong to. */
  of(lanes: Iterable<number>): Set<LaneRange> {
    const ranges = new Set<LaneRange>();
    for (const lane of lanes) {
      const range = this.all[Math.floor((lane * this.all.length) / LANES)];
      if (range) ranges.add(range);
    }
    return ranges;
  }

  /** Says that these lanes have work. */
  hint(lanes: Iterable<number>): void {
    for (const range of this.of(lanes)) this.producer.hint('apply.lanes', range);
  }

  /** Says that there is work for these contacts. */
  hintContacts(ids: Iterable<Id>): void {
    this.hint([...ids].map(laneOf));
  }
}

/** Equal ranges that cover all lanes; lane l is in range ⌊l · count / 256⌋. */
export function cutLanes(count: number): LaneRange[] {
  const edge = (i: number): number => Math.ceil((i * LANES) / count);
  return Array.from({ length: count }, (_, i) => ({ from: edge(i), to: edge(i + 1) - 1 }));
}
