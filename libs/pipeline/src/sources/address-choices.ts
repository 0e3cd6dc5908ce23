import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { WorkspaceSettingsRepository } from '#database';
import type { IpAddresses } from '#domain';

/** How long another process may go on by what a workspace had chosen before, in milliseconds. */
const REMEMBERED_MS = 5_000;
const REMEMBERED_WORKSPACES = 1_000;

/** What workspaces keep of addresses, remembered shortly: every sign of life asks. */
@Injectable()
export class AddressChoices {
  private readonly known = new LRUCache<number, IpAddresses>({
    max: REMEMBERED_WORKSPACES,
    ttl: REMEMBERED_MS,
  });

  constructor(private readonly settings: WorkspaceSettingsRepository) {}

  async find(workspaceId: number): Promise<IpAddresses> {
    const known = this.known.get(workspaceId);
    if (known) return known;
    const { ipAddresses } = await this.settings.find(workspaceId);
    this.known.set(workspaceId, ipAddresses);
    return ipAddresses;
  }

  /** To be called when another choice has committed. */
  forget(workspaceId: number): void {
    this.known.delete(workspaceId);
  }
}
