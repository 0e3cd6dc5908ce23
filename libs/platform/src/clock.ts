import { Injectable } from '@nestjs/common';

/** The present, in unix seconds with fractions. Tests replace it; the domain only ever gets what it says. */
@Injectable()
export class Clock {
  now(): number {
    return Date.now() / 1000;
  }
}
