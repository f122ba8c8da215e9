import { type Deliverer, deliver } from './deliver';
import { takeDue } from './delivery-store';

const everyMs = 1_000;
/** What one process sends at the same time; a slow server holds up its own place alone. */
const together = 8;

/** Sends what is due, beside any number of other processes that do the same. */
export function startDeliverer(services: Deliverer): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const sending = new Set<Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  let turning: Promise<void> = Promise.resolve();
  const failed = (error: unknown) =>
    services.log.warn({ err: error }, 'notifications could not be delivered');
  const look = async () => {
    for (const due of await takeDue(services.pool, together - sending.size)) {
      const one = deliver(services, due, stopping.signal)
        .catch(failed)
        .finally(() => sending.delete(one));
      sending.add(one);
    }
  };
  const turn = () => {
    turning = look()
      .catch(failed)
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
      await Promise.all(sending);
    },
  };
}
