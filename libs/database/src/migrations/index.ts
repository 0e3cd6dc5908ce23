import { ThePipe1764000000001 } from './0001-the-pipe.js';
import { People1764000000002 } from './0002-people.js';
import { Leases1764000000003 } from './0003-leases.js';
import { SignsOfLife1764000000004 } from './0004-signs-of-life.js';

/** In the order in which they run. A migration that has shipped is never edited. */
export const migrations = [
  ThePipe1764000000001,
  People1764000000002,
  Leases1764000000003,
  SignsOfLife1764000000004,
];
