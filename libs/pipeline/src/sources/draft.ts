import { DomainError, type Id } from '#domain';
import type { InlineCompany } from '../companies/contact-companies.js';
import { NOTHING, type WrittenAttributes } from '../accept/contact-writer.js';
import { type Described, NOTHING_DESCRIBED } from './device-and-place.js';
import type { Signal } from './signal.js';

/** What became of a signal: refused as a whole, or taken but for what was left out of it. */
export interface Taken {
  readonly refusal: DomainError | null;
  readonly warnings: readonly DomainError[];
}

/** Shared: most signals have neither traits nor companies. */
const NONE = [] as const;

/** A signal on its way into the inbox, with what is known of it so far. */
export class Draft implements Taken {
  refusal: DomainError | null = null;
  /** There is nobody whom it is about, and nothing that is said of anybody. */
  passedOver = false;
  readonly warnings: DomainError[] = [];
  /** What was seen of device and place. */
  described: Described = NOTHING_DESCRIBED;
  /** Whose it is, once the person is found. */
  contactId: Id = '';
  /** What may be written of the person; the names that it is found by are not among it. */
  traits: WrittenAttributes = NOTHING;
  companies: readonly InlineCompany[] = NONE;
  /** The companies that it is about, once the person belongs to them. */
  companyIds: readonly Id[] = NONE;

  constructor(
    readonly workspaceId: number,
    readonly signal: Signal,
  ) {}

  /** Does a step of the way. What is wrong with one signal is answered for that one; anything else is wrong with all. */
  async attempt(step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      this.refusal = error;
    }
  }
}

/** Those that go on: neither refused yet, nor passed over. */
export const open = (drafts: readonly Draft[]): Draft[] =>
  drafts.filter(({ refusal, passedOver }) => refusal === null && !passedOver);
