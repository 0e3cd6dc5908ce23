import { Injectable } from '@nestjs/common';
import { MergeService } from '../contacts/merge.service.js';
import { UpsertService } from '../contacts/upsert.service.js';
import { VisitorService } from '../contacts/visitor.service.js';

/** The ways in which somebody comes to be a contact. */
@Injectable()
export class Introductions {
  constructor(
    readonly upserts: UpsertService,
    readonly visitors: VisitorService,
    readonly merges: MergeService,
  ) {}
}
