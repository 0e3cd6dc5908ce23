import { Module } from '@nestjs/common';
import { AdminsController } from './admins.controller.js';

/** Who works with the contacts. */
@Module({ controllers: [AdminsController] })
export class AdminsModule {}
