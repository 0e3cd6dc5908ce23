import { Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { AcceptGuard } from './accept.guard.js';
import { AccessTokens } from './access-tokens.js';
import { ContractPipe } from './contract.pipe.js';
import { ErrorFilter } from './error.filter.js';
import { RateLimits } from './rate-limits.js';
import { TokenGuard } from './token.guard.js';

/** What every request passes: who asks, what is asked for, and how a failure is told. */
@Module({
  providers: [
    AccessTokens,
    RateLimits,
    { provide: APP_GUARD, useClass: AcceptGuard },
    { provide: APP_GUARD, useClass: TokenGuard },
    { provide: APP_PIPE, useClass: ContractPipe },
    { provide: APP_FILTER, useClass: ErrorFilter },
  ],
  exports: [RateLimits],
})
export class HttpModule {}
