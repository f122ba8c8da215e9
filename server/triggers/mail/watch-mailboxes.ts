import { lookAtMailbox } from './look-at-mailbox';
import { takeMailboxes } from './mailbox-store';

const everyMs = 1_000;
/** Mailboxes that one process looks at together; a slow server holds up its own place alone. */
const together = 4;

type Needs = Parameters<typeof lookAtMailbox>[0];

/** Looks at the mailboxes of triggers when they are due, beside any number of other processes that do the same. */
export function startMailWatch(services: Needs): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const looking = new Set<Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  let turning: Promise<void> = Promise.resolve();
  const look = async () => {
    for (const taken of await takeMailboxes(services.pool, together - looking.size)) {
      const one = lookAtMailbox(services, taken, stopping.signal).finally(() =>
        looking.delete(one),
      );
      looking.add(one);
    }
  };
  const turn = () => {
    turning = look()
      .catch((error: unknown) => {
        services.log.warn({ err: error }, 'the mailboxes could not be looked at');
      })
      .then(() => {
        if (!stopping.signal.aborted) timer = setTimeout(turn, everyMs);
      });
  };
  turn();
  return {
    async stop() {
      stopping.abort();
      clearTimeout(timer);
      await turning;
      await Promise.all(looking);
    },
  };
}
