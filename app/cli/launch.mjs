/** `npm run causeway -- COMMAND`: the operator's commands, ready from a bare clone too. */
import { prepare } from './prepare.mjs';

await prepare({ say: (line) => console.error(line) });
process.setSourceMapsEnabled(true);
await import('../../build/causeway.js');
