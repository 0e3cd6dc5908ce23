import { Module } from '@nestjs/common';
import { WriteKeysController } from './write-keys.controller.js';

/** What opens a workspace to those who only send. */
@Module({ controllers: [WriteKeysController] })
export class WriteKeysModule {}
