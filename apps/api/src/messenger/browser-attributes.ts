import { Injectable } from '@nestjs/common';
import type { AttributeModel, CustomValues, DomainError } from '#domain';
import { AttributeRegistries, CustomAttributes } from '#pipeline';
import type { PageData } from './page-data.js';
import { leftOut } from './read-each.js';

/** Custom values that may be written, and what was left out. */
interface Admitted {
  readonly values: CustomValues;
  readonly warnings: readonly DomainError[];
}

/** Admits the custom attributes of a page: those that the workspace keeps from browsers are left out (reference 2). */
@Injectable()
export class BrowserAttributes {
  constructor(
    private readonly registries: AttributeRegistries,
    private readonly attributes: CustomAttributes,
  ) {}

  async admit(workspaceId: number, model: AttributeModel, asked: PageData): Promise<Admitted> {
    const { attributes } = await this.registries.get(workspaceId, Object.keys(asked));
    const kept = Object.keys(asked).filter((name) => attributes.get(name)?.messengerWritable === false);
    const rest = Object.entries(asked).filter(([name]) => !kept.includes(name));
    const admitted = await this.admitTrusted(workspaceId, model, Object.fromEntries(rest));
    const told = kept.map((name) => leftOut(`custom_attributes.${name}`, 'a browser cannot set it'));
    return { values: admitted.values, warnings: [...told, ...admitted.warnings] };
  }

  /** The same of what a signature vouches for: it is the backend's word. */
  admitTrusted(workspaceId: number, model: AttributeModel, asked: PageData): Promise<Admitted> {
    return this.attributes.check(workspaceId, model, asked, { partial: true });
  }
}
