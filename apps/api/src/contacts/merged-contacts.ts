import { Injectable } from '@nestjs/common';
import type { MergeHistoryEntry, MergeHistoryQuery } from '#contracts';
import { type MergedContact, RedirectRepository } from '#database';
import { type Contact, DomainError, type Id, isId, isSince } from '#domain';
import type { Caller } from '../http/current-workspace.decorator.js';
import { wholeSeconds } from '../http/seconds.js';

/** Since this version a merged contact is told apart from one that never was (reference 4). */
const SINCE = '2.16';

/** As many as a contact is answered with; the rest is in its merge history. */
const SHOWN = 150;

/** Contacts that were merged into another, as the API tells of them. */
@Injectable()
export class MergedContacts {
  constructor(private readonly redirects: RedirectRepository) {}

  /** Throws `contact_merged`, with the `contact_id` that the id leads to, if it does; otherwise the error. */
  async explain({ workspaceId, version }: Caller, id: Id, error: unknown): Promise<never> {
    const known = isSince(version, SINCE) && isId(id);
    const into = known ? await this.redirects.find(workspaceId, id) : undefined;
    if (!into) throw error;
    throw new DomainError('contact_merged', `The contact was merged into the one with id=${into}`, 'id', {
      contact_id: into,
    });
  }

  /** The field that `?include_merge_history=true` adds to a user. */
  async field({ version }: Caller, contact: Contact): Promise<{ merge_history?: MergeHistoryEntry[] }> {
    if (!isSince(version, SINCE) || contact.attributes['role'] !== 'user') return {};
    const merged = await this.redirects.list(contact.id, { newestFirst: true, limit: SHOWN });
    return { merge_history: merged.map(entry) };
  }

  /** Throws `not_found` for a lead, and in versions that do not have it. */
  async history({ version }: Caller, contact: Contact, { per_page, cursor, order }: MergeHistoryQuery) {
    if (!isSince(version, SINCE) || contact.attributes['role'] !== 'user')
      throw new DomainError('not_found', `Users have a merge history, since version ${SINCE}`);
    const page = { after: cursor, newestFirst: order === 'desc', limit: per_page + 1 };
    const rows = await this.redirects.list(contact.id, page);
    const has_more = rows.length > per_page;
    const data = rows.slice(0, per_page);
    const next_cursor = has_more ? (data.at(-1)?.id ?? null) : null;
    return { type: 'list', data: data.map(entry), next_cursor, has_more };
  }
}

const entry = ({ id, externalId, email, mergedAt }: MergedContact): MergeHistoryEntry => ({
  type: 'merge_history',
  source_contact_id: id,
  source_external_id: externalId,
  source_email: email,
  merged_at: wholeSeconds(mergedAt),
});
