import {
  Body,
  Controller,
  Headers,
  HttpCode,
  HttpStatus,
  Ip,
  Options,
  Param,
  Post,
  UseGuards,
} from '@nestjs/common';
import { Header } from '@nestjs/common';
import { ApiAcceptedResponse, ApiExcludeEndpoint, ApiTags } from '@nestjs/swagger';
import { sendSignals, type SendSignalsBody, type SignalReport, signalReport } from '#contracts';
import { ForPages } from '../http/for-pages.decorator.js';
import { Public } from '../http/public.decorator.js';
import { AddressGuard } from './address.guard.js';
import { Messenger } from './messenger.js';

/** What browsers send. The app id says whose visitors it is about; there is no token, for a page could not keep it. */
@ApiTags('messenger')
@Public()
@Controller('messenger')
export class MessengerController {
  constructor(private readonly messenger: Messenger) {}

  @Post(':app_id/signals')
  @ForPages()
  @UseGuards(AddressGuard)
  @HttpCode(HttpStatus.ACCEPTED)
  @ApiAcceptedResponse({ standardSchema: signalReport })
  send(
    @Param('app_id') appId: string,
    @Body({ schema: sendSignals }) body: SendSignalsBody,
    @Ip() ip: string,
    @Headers() headers: Readonly<Record<string, string | undefined>>,
  ): Promise<SignalReport> {
    const language = languageOf(headers['accept-language']);
    return this.messenger.take(appId, body, { ip, userAgent: headers['user-agent'], language });
  }

  /** The snippet needs it not: it is for pages that send `application/json`. */
  @Options(':app_id/signals')
  @ForPages()
  @ApiExcludeEndpoint()
  @HttpCode(HttpStatus.NO_CONTENT)
  @Header('access-control-allow-methods', 'POST')
  @Header('access-control-allow-headers', 'content-type')
  @Header('access-control-max-age', '86400')
  preflight(): void {}
}

/** The language that is liked best. */
function languageOf(accepted: string | undefined): string | undefined {
  const first = accepted?.split(',', 1)[0]?.split(';', 1)[0]?.trim();
  return first === '' || first === '*' ? undefined : first;
}
