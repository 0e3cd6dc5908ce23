import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { DataAttributeRepository } from '#database';
import type { AttributeRegistry } from '#domain';

/** How long another process may go on by what a workspace had declared before, in milliseconds. */
const REMEMBERED_MS = 5_000;
const REMEMBERED_WORKSPACES = 1_000;

/** The custom attributes of workspaces, kept shortly: writers ask for them all the time. */
@Injectable()
export class AttributeRegistries {
  private readonly known = new LRUCache<number, AttributeRegistry>({
    max: REMEMBERED_WORKSPACES,
    ttl: REMEMBERED_MS,
  });

  constructor(private readonly attributes: DataAttributeRepository) {}

  /** A registry that has all of these names, or else is fresh: they may have been declared just now. */
  async get(workspaceId: number, names: readonly string[]): Promise<AttributeRegistry> {
    const known = this.known.get(workspaceId);
    if (known && names.every((name) => known.attributes.has(name))) return known;
    const registry = await this.attributes.registry(workspaceId);
    this.known.set(workspaceId, registry);
    return registry;
  }

  /** To be called when the transaction that changed an attribute, or what is done with unknown ones, has committed. */
  forget(workspaceId: number): void {
    this.known.delete(workspaceId);
  }
}
