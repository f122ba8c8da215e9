import { catalogue } from '@/lib/nodes/catalogue';
import { startStatusKeeper } from '@/server/agents/status/keep-statuses';
import { createServices } from '@/server/compose';
import type { Config } from '@/server/config';
import { startLockKeeper } from '@/server/memory/locks/keep-locks';
import { startMeaningReader } from '@/server/memory/meaning/read-meanings';
import { startMessageSweeper } from '@/server/messages/sweep-messages';
import { startTaskStarter } from '@/server/messages/tasks/start-tasks';
import { startDeliverer } from '@/server/notifications/deliveries/watch-deliveries';
import { startTeller } from '@/server/notifications/runs/tell-runs';
import { startJanitor } from '@/server/runs/upkeep/janitor';
import { startWorker } from '@/server/runs/worker/worker';
import { startMailWatch } from '@/server/triggers/mail/watch-mailboxes';
import { startScheduler } from '@/server/triggers/scheduler';
import { startTrashSweeper } from '@/server/workflows/trash/sweep-trash';
import type { Ending, Retire } from './process';

/** What a worker process does. It retires when a step does not stop: only the end of the process ends that. */
export async function openWorker(
  config: Config,
  onStuck: Retire,
  nodes = catalogue,
): Promise<Ending> {
  const services = await createServices(config, 'worker');
  services.computation.warm();
  // Tried before the first code step comes, so that the log says at the start whether they are on.
  void services.code.state();
  const worker = await startWorker(services, { nodes, onStuck });
  const scheduler = startScheduler(services);
  const mailboxes = startMailWatch(services);
  const janitor = startJanitor(services);
  const sweeper = startTrashSweeper(services);
  const keeper = startLockKeeper(services);
  const meanings = startMeaningReader(services);
  const messages = startMessageSweeper(services);
  const tasks = startTaskStarter(services);
  const statuses = startStatusKeeper(services);
  const teller = startTeller(services);
  const deliverer = startDeliverer(services);
  return async (patienceMs) => {
    janitor.stop();
    sweeper.stop();
    keeper.stop();
    meanings.stop();
    messages.stop();
    tasks.stop();
    statuses.stop();
    const stopped = [scheduler.stop(), mailboxes.stop(), teller.stop(), deliverer.stop()];
    await Promise.all([...stopped, worker.drain(patienceMs)]);
    await services.close();
  };
}
