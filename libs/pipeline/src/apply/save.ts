import { Injectable } from '@nestjs/common';
import { CompanyActivityRepository, ContactRepository, type Transaction } from '#database';
import type { Batch } from './batch.js';

/** Writes back what the steps have changed. */
@Injectable()
export class Saver {
  constructor(
    private readonly contacts: ContactRepository,
    private readonly companies: CompanyActivityRepository,
  ) {}

  /** Companies come last: batches of other lanes move the same ones, and wait for each other. */
  async run({ contacts, companies }: Batch, tx: Transaction): Promise<void> {
    const touched = [...contacts.values()];
    const profiles = touched.filter(({ profileChanged }) => profileChanged);
    const marks = touched.filter(({ profileChanged, marksChanged }) => marksChanged && !profileChanged);
    await this.contacts.update(
      profiles.map(({ contact }) => contact),
      tx,
    );
    await this.contacts.updateMarks(
      marks.map(({ contact }) => contact),
      tx,
    );
    await this.companies.move(companies.all, tx);
  }
}
