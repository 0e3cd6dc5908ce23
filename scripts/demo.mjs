/** npm run demo */
import { prepare } from './prepare.mjs';

await prepare();
// In this very process, so that signals need no passing on.
await import('../dist/demo/demo.js');
