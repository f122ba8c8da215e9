import { Server } from '@hocuspocus/server';

/** Hocuspocus as its own documentation starts it, without a database. */
const server = new Server({ port: Number(process.argv[2]), quiet: true, stopOnSignals: false });
await server.listen();
process.send?.('ready');
process.on('disconnect', () => process.exit(0));
