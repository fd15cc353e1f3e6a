/** `npm run check`: all checks that do not run the product. */
import { spawnSync } from 'node:child_process';
import { audit } from './audit.mjs';

for (const command of [
  'biome check .',
  'depcruise --config folder-order.config.mjs app db',
  'tsc --noEmit',
]) {
  const { status } = spawnSync(command, { shell: true, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
if (!audit()) process.exit(1);
