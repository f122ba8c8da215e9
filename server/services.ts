import type { Pool } from 'pg';
import { type Bus, createBus } from '@/server/bus/bus';
import type { Config } from '@/server/config';
import { createPools } from '@/server/db/pool';
import { createPrisma, type Prisma } from '@/server/db/prisma';
import { createEgress, type Egress } from '@/server/egress/client';
import { createLog, type Log } from '@/server/log';
import { createModels, type Models } from '@/server/models/models';
import { createVault, type Vault } from '@/server/models/vault';
import { type Auth, createAuth } from '@/server/people/auth';
import { createRunQueue, type RunQueue } from '@/server/queue/run-queue';
import { createEngine, type Engine } from '@/server/runs/engine';
import { createDraftStore, type DraftStore } from '@/server/workflows/draft-store';

/** Everything that a use case may need, constructed once per process. */
export type Services = {
  config: Config;
  log: Log;
  /** Hot stores speak SQL here. */
  pool: Pool;
  /** Small and separate, so that overload cannot stop leases and health. */
  healthPool: Pool;
  prisma: Prisma;
  bus: Bus;
  queue: RunQueue;
  engine: Engine;
  drafts: DraftStore;
  vault: Vault;
  egress: Egress;
  models: Models;
  auth: Auth;
  close(): Promise<void>;
};

/** Wires the product for one process. `name` shows in logs and in the worker table. */
export async function createServices(config: Config, name: string): Promise<Services> {
  const log = createLog(config, name);
  const { pool, healthPool } = createPools(config, log);
  const prisma = createPrisma(config);
  const bus = await createBus(config, log);
  const queue = createRunQueue(config, log);
  const engine = createEngine({ pool, bus, queue, log });
  const drafts = createDraftStore({ pool, bus, log });
  const vault = await createVault(config);
  const egress = createEgress(config);
  const models = createModels({ prisma, vault, egress, log });
  const auth = createAuth({ config, prisma, log });
  return {
    config, log, pool, healthPool, prisma, bus, queue, engine, drafts, vault, egress, models, auth,
    async close() {
      await queue.close();
      await bus.close();
      await prisma.$disconnect();
      await Promise.all([pool.end(), healthPool.end()]);
    },
  };
}

const shared = globalThis as { ensembleServices?: Services };

/** The process's services, for route handlers: Next bundles them apart from the server that made them. */
export function services(): Services {
  if (!shared.ensembleServices) throw new Error('services() was called before createServices()');
  return shared.ensembleServices;
}

/** Called once by a process entry after {@link createServices}. */
export function shareServices(value: Services): void {
  shared.ensembleServices = value;
}
