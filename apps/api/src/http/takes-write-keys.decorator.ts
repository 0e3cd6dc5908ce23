import { Reflector } from '@nestjs/core';

/** Marks a controller that a write key opens too. */
export const TakesWriteKeys = Reflector.createDecorator<void, true>({ transform: () => true });
