import product from '@/package.json';
import { type RunHealth, runHealth } from '@/server/runs/upkeep/health';
import { services } from '@/server/services';
import { respondJson } from './respond';

const patienceMs = 3_000;
/** A run that was due so long ago says that nobody works. */
const oldestDueMs = 30_000;

/**
 * Whether this process can serve: 200 with `ok`; 200 with `degraded` when runs go on, only slower (the queue or the
 * hints between processes are down); 503 with `unavailable` when the database is away no worker lives,
 * or a run has been due for half a minute.
 * Needs no account and tells no more than that. Asks on its own small pool, so that load cannot hide the answer.
 */
export async function respondHealth(): Promise<Response> {
  const { config, log } = services();
  const health = await ask().catch((error: unknown) => {
    log.warn({ err: error }, 'the health check found the database away');
    return undefined;
  });
  const status = statusOf(health);
  return respondJson(
    {
      status,
      version: product.version,
      postgres: health ? 'ok' : 'down',
      redis: config.redisUrl === undefined ? 'not used' : health?.queue ? 'ok' : 'down',
      queue: health?.queue ? 'ok' : 'down',
      bus: health?.bus ? 'ok' : 'down',
      workers: health?.workers ?? 0,
      runs: { due: health?.due ?? null, oldestDueMs: health?.oldestDueMs ?? null },
    },
    status === 'unavailable' ? 503 : 200,
    status === 'unavailable' ? { 'Retry-After': '2' } : {},
  );
}

function statusOf(health: RunHealth | undefined): 'ok' | 'degraded' | 'unavailable' {
  if (!health || health.workers === 0) return 'unavailable';
  if ((health.oldestDueMs ?? 0) > oldestDueMs) return 'unavailable';
  return health.queue && health.bus ? 'ok' : 'degraded';
}

function ask(): Promise<RunHealth> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${patienceMs} ms`)), patienceMs);
  });
  return Promise.race([runHealth(services()), late]).finally(() => clearTimeout(timer));
}
