/** npm run verify */
import { prepare } from './prepare.mjs';

await prepare();
await import('../dist/apps/standalone/src/verify.js');
