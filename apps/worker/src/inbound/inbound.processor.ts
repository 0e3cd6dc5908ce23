import { Injectable } from '@nestjs/common';
import { errorsOfItems, readable, readItems, refuseUnstorableText } from '#contracts';
import { isTransient, WorkspaceRepository } from '#database';
import { DomainError, InvalidInput } from '#domain';
import { type Message, MessageProcessor, Processes } from '#queue';
import { InboundItems } from './inbound-items.js';
import { readItem, readJob } from './read-job.js';

/** Takes in what other services put into the queue. Whoever may write to it is trusted: the job names the workspace. */
@Injectable()
@Processes('inbound.items')
export class InboundProcessor extends MessageProcessor<'inbound.items'> {
  readonly handles = 'inbound.items';

  constructor(
    private readonly workspaces: WorkspaceRepository,
    private readonly items: InboundItems,
  ) {
    super();
  }

  async take(message: Message): Promise<void> {
    try {
      await this.accept(message);
    } catch (error) {
      throw isTransient(error) ? new DomainError('service_unavailable', 'The database is away') : error;
    }
  }

  private async accept({ id, at, data }: Message): Promise<void> {
    refuseUnstorableText(data);
    const { appId, items: sent, isList } = readJob(data);
    const workspaceId = await this.workspaces.findId(appId);
    if (workspaceId === undefined)
      throw new DomainError('not_found', `app_id: there is no workspace ${appId}`, 'app_id');
    const items = readItems(sent, (item, index) =>
      readItem(item, { key: isList ? `${id}:${index}` : id, at }),
    );
    const errors = errorsOfItems(items, await this.items.take(workspaceId, readable(items)));
    const refused = errors.flatMap((list, i) => (isList ? list.map((error) => inList(error, i)) : list));
    if (refused.length > 0) throw new InvalidInput(refused);
  }
}

/** What is wrong with an item of a list says which one that is. */
const inList = ({ code, message, field }: DomainError, index: number): DomainError =>
  new DomainError(code, `items.${index}: ${message}`, field && `items.${index}.${field}`);
