import { Module } from '@nestjs/common';
import { Workspaces } from '../rules/workspaces.js';
import { Verifier } from './verifier.js';

/** The audit of what is kept. */
@Module({ providers: [Verifier, Workspaces], exports: [Verifier] })
export class VerifyModule {}
