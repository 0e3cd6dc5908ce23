import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  foundContacts,
  listContacts,
  type CursorPageQuery,
  noQuery,
  searchContacts,
  type SearchContactsBody,
} from '#contracts';
import { DEFAULT_SORT, parseSearch } from '#domain';
import { type Caller, CurrentWorkspace } from '../http/current-workspace.decorator.js';
import { ContactSearches } from './contact-searches.js';

/** Contacts by pages, all of them or those that match. Archived ones are in neither. */
@ApiTags('contacts')
@ApiOkResponse({ standardSchema: foundContacts })
@Controller('contacts')
export class ContactSearchController {
  constructor(private readonly searches: ContactSearches) {}

  /** Newest first. */
  @Get()
  list(@CurrentWorkspace() caller: Caller, @Query({ schema: listContacts }) query: CursorPageQuery) {
    return this.searches.page(caller, { filter: null, sort: DEFAULT_SORT, paging: query });
  }

  /** What was written is found as soon as the write is answered. */
  @Post('search')
  @HttpCode(200)
  search(
    @CurrentWorkspace() caller: Caller,
    @Body({ schema: searchContacts }) { query, sort, pagination }: SearchContactsBody,
    @Query({ schema: noQuery }) _query: object,
  ) {
    const filter = parseSearch(query, caller.version);
    return this.searches.page(caller, { filter, sort, paging: pagination });
  }
}
