import { Module } from '@nestjs/common';
import { DataExportsController } from './data-exports.controller.js';
import { DataExports } from './data-exports.service.js';
import { ReportingDataController } from './reporting-data.controller.js';

/** Exports, and the jobs that write them. */
@Module({ controllers: [DataExportsController, ReportingDataController], providers: [DataExports] })
export class ExportsModule {}
