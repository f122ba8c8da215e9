import { createServices } from '@/server/compose';
import { config } from '@/server/config';
import { lookAtMailbox } from '../mail/look-at-mailbox';
import { takeMailboxes } from '../mail/mailbox-store';

/**
 * A process for tests that kill it: looks at the first mailbox that is due, says which run its first email started, and
 * never comes to moving on.
 */
process.stdin.on('end', () => process.exit(1)).resume();
const services = await createServices(config(), 'killable');
const [taken] = await takeMailboxes(services.pool, 1);
if (taken === undefined) throw new Error('Nothing is due.');
await lookAtMailbox(services, taken, new AbortController().signal, {
  started(runId) {
    process.stdout.write(`started ${runId}\n`);
    return new Promise<void>(() => undefined);
  },
});
