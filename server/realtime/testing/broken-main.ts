import { createServer } from 'node:http';
import { createServices } from '@/server/compose';
import { runProcess } from '@/server/main/process';
import type { DraftStore } from '@/server/workflows/draft/draft-store';
import { attachRealtime } from '../attach';

/**
 * The realtime process with one promise broken on purpose, for a test that must find it out: a checker that never
 * fails proves nothing. `BROKEN` names the promise.
 */
const broken: Readonly<Record<string, (store: DraftStore) => DraftStore>> = {
  /** Answers first and stores a moment later. */
  'answers-before-it-stores': (store) => {
    const numbers = new Map<string, Promise<number>>();
    const next = async (workflowId: string) => {
      const last = await (numbers.get(workflowId) ??
        store.load(workflowId).then((at) => at?.seq ?? 0));
      return last + 1;
    };
    return {
      ...store,
      append(update) {
        const number = next(update.workflowId);
        numbers.set(update.workflowId, number);
        setTimeout(() => void store.append(update).catch(() => undefined), 400);
        return number;
      },
    };
  },
  /** Reads nothing that others stored after it opened a draft. */
  'never-catches-up': (store) => ({
    ...store,
    async load(workflowId, after = 0) {
      const found = await store.load(workflowId, after);
      return found && after > 0 ? { ...found, rows: [] } : found;
    },
    numbers: async () => new Map(),
  }),
};

await runProcess('realtime', async (config) => {
  const services = await createServices(config, 'realtime');
  const breaks = broken[process.env.BROKEN ?? ''];
  if (!breaks) throw new Error('BROKEN names no promise');
  const http = createServer();
  const realtime = await attachRealtime(http, { ...services, drafts: breaks(services.drafts) });
  await new Promise<void>((resolve) => http.listen(config.port, config.host, resolve));
  return async () => {
    await realtime.close();
    http.closeAllConnections();
    await services.close();
  };
});
