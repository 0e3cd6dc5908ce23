import 'reflect-metadata';
import { Body, Controller, Get, HttpCode, Module, Param, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';

/** The floor of accept and of read: the framework, a parsed request, and nothing behind it. */
@Controller()
class BareController {
  @Post('events')
  @HttpCode(202)
  create(@Body() _body: object): void {}

  @Get('contacts/:id')
  find(@Param('id') id: string): object {
    return { id };
  }
}

@Module({ controllers: [BareController] })
class BareModule {}

const app = await NestFactory.create<NestFastifyApplication>(BareModule, new FastifyAdapter(), {
  logger: false,
});
await app.listen(Number(process.env['PORT']), '127.0.0.1');
