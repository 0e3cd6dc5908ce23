import type { Id, Platform, Surroundings } from '#domain';
import type { Asked } from '../accept/custom-attributes.js';
import type { AskedCompany } from '../contacts/user-parts.js';

/**
 * How a source names a person, the strongest name first: an id of Muster's, the client's own id, the id that a device
 * made up, an address. Names that come together are the same person's.
 */
export interface SignalNames {
  readonly id?: Id | undefined;
  readonly externalId?: string | undefined;
  readonly anonymousId?: string | undefined;
  readonly email?: string | undefined;
  /** What the person was called before: by a device, never as a user. */
  readonly formerId?: string | undefined;
}

/** What one message of a source says about one person. */
export interface Signal {
  readonly who: SignalNames;
  /** When it was, in unix seconds, the sender's clock set right. */
  readonly at: number;
  /** What is known of the person as of then. */
  readonly traits?: Asked | undefined;
  readonly companies?: readonly AskedCompany[] | undefined;
  /** Something the person did. With a key it is the only one of its name that has it. */
  readonly event?:
    | {
        readonly name: string;
        readonly metadata: Readonly<Record<string, unknown>>;
        readonly key?: string | undefined;
      }
    | undefined;
  /** The person was there: last seen and the sessions move. Without it they do not. */
  readonly activity?: { readonly platform: Platform; readonly startsSession?: boolean } | undefined;
  readonly surroundings?: Surroundings | undefined;
}
