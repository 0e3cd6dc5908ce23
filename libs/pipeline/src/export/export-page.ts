import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { Injectable } from '@nestjs/common';
import {
  type ExportPosition,
  type ExportWork,
  NotificationRepository,
  type StoredNotification,
  type Transaction,
} from '#database';
import { LANES } from '#domain';
import { csvLine } from './csv.js';
import { EXPORT_COLUMNS, exportRow } from './export-row.js';

/** Rows of one transaction, and of one piece of the file: some megabytes in memory. */
const PAGE = 5_000;

/** What would come after them is cut off, as Intercom does it. */
export const MAX_EXPORT_ROWS = 10_000_000;

const compress = promisify(gzip);

/** What a page of an export has come to. */
export interface ExportedPage {
  readonly rows: number;
  /** Where the next page begins; null when there is none. */
  readonly next: ExportPosition | null;
  /** A gzip member of its own: such pieces, one after the other, are one gzip file. Null without rows. */
  readonly content: Buffer | null;
}

/** Reads and writes one page of an export. */
@Injectable()
export class ExportPage {
  constructor(private readonly notifications: NotificationRepository) {}

  async make(work: ExportWork, tx: Transaction): Promise<ExportedPage> {
    const room = Math.min(PAGE, MAX_EXPORT_ROWS - work.rows);
    const { found, position } = await this.read(work, room, tx);
    const more = position.lane < LANES && work.rows + found.length < MAX_EXPORT_ROWS;
    return {
      rows: found.length,
      next: more ? position : null,
      content: found.length > 0 ? await compress(linesOf(work, found)) : null,
    };
  }

  /** Lane by lane, so that every statement is a short walk along the primary key. */
  private async read(
    { workspaceId, after, before, position: { lane, id } }: ExportWork,
    room: number,
    tx: Transaction,
  ): Promise<{ found: StoredNotification[]; position: ExportPosition }> {
    const found: StoredNotification[] = [];
    while (lane < LANES && found.length < room) {
      const limit = room - found.length;
      const range = { workspaceId, lane, after, before, from: id };
      const some = await this.notifications.ofLane(range, limit, tx);
      found.push(...some);
      if (some.length < limit) [lane, id] = [lane + 1, ''];
      else id = some.at(-1)?.id ?? id;
    }
    return { found, position: { lane, id } };
  }
}

function linesOf({ rows }: ExportWork, found: readonly StoredNotification[]): string {
  const lines = found.map((notification) => csvLine(exportRow(notification)));
  return (rows === 0 ? [csvLine(EXPORT_COLUMNS), ...lines] : lines).join('');
}
