import { Module } from '@nestjs/common';
import { AcceptModule, SourcesModule } from '#pipeline';
import { HttpModule } from '../http/http.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { BrowserAttributes } from './browser-attributes.js';
import { MessengerController } from './messenger.controller.js';
import { Messenger } from './messenger.js';
import { PageTraitsReader } from './page-traits.js';
import { PageSignals } from './page-signals.js';

/** What browsers send. */
@Module({
  imports: [AcceptModule, HttpModule, IdentityModule, SourcesModule],
  controllers: [MessengerController],
  providers: [BrowserAttributes, Messenger, PageSignals, PageTraitsReader],
})
export class MessengerModule {}
