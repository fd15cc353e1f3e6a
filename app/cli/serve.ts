import { requireSupportedNode } from './node.mjs';

/*
 * The server program. React decides by NODE_ENV, when it is first loaded, whether it is the slow one
 * for development; what the operator says by it concerns the configuration alone.
 */
requireSupportedNode();
const environment = { ...process.env };
process.env.NODE_ENV = 'production';
const { runServer } = await import('./run-server');
await runServer(environment);
