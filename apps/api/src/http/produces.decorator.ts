import { Reflector } from '@nestjs/core';

/** Says what a route answers with where that is not JSON. Its errors are JSON all the same. */
export const Produces = Reflector.createDecorator<string>();
