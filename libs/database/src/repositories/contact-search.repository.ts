import { Injectable } from '@nestjs/common';
import type { Contact, Position } from '#domain';
import { Database } from '../database.js';
import { contactColumns } from '../filter/contact-columns.js';
import { Parameters } from '../filter/parameters.js';
import { sortSql, type Stretch } from '../filter/sort-sql.js';
import { positionOf, readPage, type SortedPage, type SortedRow } from '../filter/sorted-page.js';
import { CONTACT_COLUMNS, type ContactRow, toContact } from './contact-row.js';
import { ContactTotalRepository, MAX_COUNTED, type Total } from './contact-total.repository.js';
import { type ContactSearch, whereSql } from './contact-where.js';

/** Fewer matches than that are a longer walk than all contacts in the order in which they lie. */
const WORTH_A_WALK = 500;

/** A contact, and where a page that ends with it ends. */
export interface FoundContact {
  readonly contact: Contact;
  readonly position: Position;
}

type Found = ContactRow & SortedRow;

/** Contacts by what they are, without the archived ones and mere visitors. It reads what is committed: there is no lag. */
@Injectable()
export class ContactSearchRepository {
  constructor(
    private readonly database: Database,
    private readonly totals: ContactTotalRepository,
  ) {}

  /** Up to `limit` contacts, and how many there are in all. Throws parameter_invalid for a position of another sort. */
  async search(search: ContactSearch, page: SortedPage): Promise<{ found: FoundContact[]; total: Total }> {
    const total = await this.totals.total(search);
    const few = total.count < (total.exact ? MAX_COUNTED + 1 : WORTH_A_WALK);
    const rows = await readPage(page, (part) => this.read(search, part, few));
    return { found: rows.map((row) => ({ contact: toContact(row), position: positionOf(row) })), total };
  }

  /**
   * Among many matches the next one is soon met on the way along the sort's index. Few are gathered and then sorted: left
   * to itself, Postgres may take them for many and walk past everybody.
   */
  private read(search: ContactSearch, page: SortedPage & Stretch, few: boolean): Promise<Found[]> {
    const parameters = new Parameters();
    const where = whereSql(search, parameters);
    const column = contactColumns({ field: page.sort.field }, parameters);
    const sort = sortSql(column, { ...page, order: page.sort.order }, parameters);
    const sql = `${few ? `WITH c AS MATERIALIZED (SELECT * FROM contact c WHERE ${where})` : ''}
      SELECT ${CONTACT_COLUMNS}, ${sort.value} AS sort_value
      FROM ${few ? 'c WHERE' : `contact c WHERE ${where} AND`} ${sort.condition}
      ORDER BY ${sort.orderBy} LIMIT ${parameters.add(page.limit, 'int')}`;
    return this.database.search<Found>(sql, parameters.values);
  }
}
