import { createServices } from '@/server/compose';
import { config } from '@/server/config';
import { takeDue } from '../deliveries/delivery-store';

/** A process for tests that kill it: takes what is due, says so, and never sends it. */
process.stdin.on('end', () => process.exit(1)).resume();
const services = await createServices(config(), 'killable');
const taken = await takeDue(services.pool, 100);
process.stdout.write(`took ${taken.length}\n`);
