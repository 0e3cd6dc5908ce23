import { Module } from '@nestjs/common';
import { ExportPage } from './export-page.js';
import { ExportProcessor } from './export.processor.js';
import { ExportService } from './export.service.js';

/** What was told about whom, as a file. */
@Module({ providers: [ExportPage, ExportProcessor, ExportService] })
export class ExportModule {}
