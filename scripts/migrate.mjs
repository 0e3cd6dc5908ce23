/** npm run migrate */
import { prepare } from './prepare.mjs';

await prepare();
await import('../dist/apps/standalone/src/migrate.js');
