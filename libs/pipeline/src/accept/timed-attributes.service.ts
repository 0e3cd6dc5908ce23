import { Injectable } from '@nestjs/common';
import { type ContactReference, DomainError } from '#domain';
import { ContactChecks } from './contact-checks.js';
import { ContactResolver } from './contact-resolver.js';
import { type Asked, type CheckedValues, type CheckOptions, CustomAttributes } from './custom-attributes.js';
import { InboxService } from './inbox.service.js';

/** Attributes as they were at a time, in unix seconds. */
export interface TimedAttributes extends Asked {
  readonly reference: ContactReference;
  readonly at: number;
}

/** What a contact is found by is written by calls that can refuse it, one at a time. */
const NAMES = ['external_id', 'email', 'role'];

/** Takes in attributes that were true at a time: by the checks of every write, though they are written later. */
@Injectable()
export class TimedAttributesService {
  constructor(
    private readonly resolver: ContactResolver,
    private readonly customAttributes: CustomAttributes,
    private readonly checks: ContactChecks,
    private readonly inbox: InboxService,
  ) {}

  /**
   * Answers, when they are accepted, with what was left out of them. Throws `parameter_invalid` for a name of the
   * contact or an unknown owner, what {@link CustomAttributes.check} and {@link ContactResolver.resolve} throw.
   */
  async accept(
    workspaceId: number,
    { reference, at, ...asked }: TimedAttributes,
    options: CheckOptions = {},
  ): Promise<CheckedValues['warnings']> {
    const name = NAMES.find((name) => name in asked.attributes);
    if (name) throw new DomainError('parameter_invalid', `${name} cannot be written as of a time`, name);
    const contactId = await this.resolver.resolve(workspaceId, reference);
    await this.checks.checkOwner(workspaceId, asked.attributes['owner_id']);
    const model = { workspaceId, model: 'contact' } as const;
    const { written, warnings } = await this.customAttributes.admit(model, asked, options);
    const update = { kind: 'attributes', at, ...written } as const;
    await this.inbox.append([{ workspaceId, contactId, reference, update }]);
    return warnings;
  }
}
