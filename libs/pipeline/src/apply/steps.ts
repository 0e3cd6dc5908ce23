import { Injectable } from '@nestjs/common';
import { Evaluator } from './evaluate.js';
import { Notifier } from './notify.js';
import { Recomputer } from './recompute.js';
import { Recorder } from './record.js';

/** The four steps of apply, in their order. */
@Injectable()
export class Steps {
  constructor(
    readonly record: Recorder,
    readonly recompute: Recomputer,
    readonly evaluate: Evaluator,
    readonly notify: Notifier,
  ) {}
}
