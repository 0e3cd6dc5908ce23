import { Reflector } from '@nestjs/core';

/** Marks a controller or a route that needs no token. */
export const Public = Reflector.createDecorator<void, true>({ transform: () => true });
