import { Module } from '@nestjs/common';
import { DueModule } from '../due/due.module.js';
import { LaneRangesModule } from '../lane-ranges.module.js';
import { Workspaces } from '../rules/workspaces.js';
import { ApplyLanes } from './apply-lanes.js';
import { ApplyProcessor } from './apply.processor.js';
import { ApplyService } from './apply.service.js';
import { ApplySweeper } from './apply-sweeper.js';
import { BatchRunner } from './batch-runner.js';
import { Evaluator } from './evaluate.js';
import { EventSummariesModule } from './event-summaries.module.js';
import { Heirs } from './heirs.js';
import { Notifier } from './notify.js';
import { Recomputer } from './recompute.js';
import { Recorder } from './record.js';
import { Saver } from './save.js';
import { Sessions } from './sessions.js';
import { Steps } from './steps.js';

/** Inbox rows in; contacts, memberships and notifications out. */
@Module({
  imports: [DueModule, EventSummariesModule, LaneRangesModule],
  providers: [
    ApplyLanes,
    ApplyProcessor,
    ApplyService,
    ApplySweeper,
    BatchRunner,
    Evaluator,
    Heirs,
    Notifier,
    Recomputer,
    Recorder,
    Saver,
    Sessions,
    Steps,
    Workspaces,
  ],
  exports: [ApplyLanes],
})
export class ApplyModule {}
