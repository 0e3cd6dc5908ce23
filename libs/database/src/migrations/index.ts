import { ThePipe1764000000001 } from './0001-the-pipe.js';

/** In the order in which they run. A migration that has shipped is never edited. */
export const migrations = [ThePipe1764000000001];
