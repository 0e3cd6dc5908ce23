import { Injectable } from '@nestjs/common';
import { SCROLL_IDLE_SECONDS, type ScrollKey, ScrollRepository, type ScrollStep } from '#database';
import { DomainError, type Id, isId } from '#domain';
import { Clock, Ids } from '#platform';

/** Whose scroll over which list; `param` is what the step before answered, none for the first one. */
export interface Scroll extends Omit<ScrollKey, 'id'> {
  readonly param: string | undefined;
}

/** Reads whole lists, a step at a time. A workspace has one open scroll over each (reference 4). */
@Injectable()
export class Scrolls {
  constructor(
    private readonly scrolls: ScrollRepository,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * Opens the scroll, or goes on with it. The step after the last thing is empty, and closes it. Throws `scroll_exists`,
   * or `not_found` for a scroll that is not open.
   */
  async next<T extends { readonly id: Id }>({ param, ...list }: Scroll, read: ScrollStep<T>) {
    const id = param ?? (await this.open(list));
    const key = { ...list, id };
    const things = isId(id) ? await this.scrolls.step(key, this.clock.now(), read) : undefined;
    if (!things) throw new DomainError('not_found', 'scroll parameter not found', 'scroll_param');
    return { things, scroll_param: things.length > 0 ? id : null };
  }

  private async open(list: Omit<ScrollKey, 'id'>): Promise<Id> {
    const id = this.ids.next();
    if (await this.scrolls.open({ ...list, id }, this.clock.now())) return id;
    const rest = `go on with it, or wait until it was not used for ${SCROLL_IDLE_SECONDS} seconds`;
    throw new DomainError('scroll_exists', `scroll already exists for this workspace: ${rest}`);
  }
}
