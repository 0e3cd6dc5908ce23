import { Injectable } from '@nestjs/common';
import { MergeRepository, type Transaction } from '#database';
import { type Author, type Contact, gapsOf, takeTimes, writesOf } from '#domain';
import { ContactWriter } from '../accept/contact-writer.js';
import { CompanyAttacher } from '../companies/company-attacher.js';
import { SessionMerger } from './session-merger.js';
import { type Names, nameAttributes } from './upsert.service.js';

const MERGE: Author = { source: 'merge' };

/** Takes one contact into another, in the transaction of a caller who holds both and saves the survivor. */
@Injectable()
export class Merger {
  constructor(
    private readonly writer: ContactWriter,
    private readonly merges: MergeRepository,
    private readonly sessions: SessionMerger,
    private readonly companies: CompanyAttacher,
  ) {}

  /**
   * The survivor gets what hangs on the other and what it lacks itself; the other is gone, and its id leads here. Throws
   * `contact_company_limit_exceeded` when it would come to too many companies.
   */
  async absorb(
    into: Contact,
    from: Contact,
    { tx, names = {} }: { readonly tx: Transaction; readonly names?: Names | undefined },
  ): Promise<void> {
    await this.companies.checkLimit([into, from], tx);
    const gaps = gapsOf(into, from);
    const named = Object.entries(nameAttributes(names)).filter(
      ([name]) => into.attributes[name] === undefined,
    );
    const written = { ...gaps, attributes: { ...gaps.attributes, ...Object.fromEntries(named) } };
    await this.sessions.join(into, from, tx);
    await this.merges.moveAll(from.id, into.id, tx);
    await this.merges.redirect(from.id, into.id, tx);
    await this.writer.update(into, written, { tx, anew: true, sharesEmail: true, by: MERGE });
    takeTimes(into, from, Object.keys(writesOf(gaps)));
  }

  /** To be called when the transaction has committed. */
  hint(into: Contact): void {
    this.writer.hint(into);
  }
}
