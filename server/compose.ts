import { createBus } from '@/server/bus/bus';
import { createCode } from '@/server/code/code';
import { createComputation } from '@/server/computation/computation';
import type { Config } from '@/server/config';
import { createPools } from '@/server/db/pool';
import { createPrisma } from '@/server/db/prisma';
import { createDocuments } from '@/server/documents/documents';
import { createEgress } from '@/server/egress/client';
import { noEmbedder } from '@/server/embeddings/embedder';
import { createLocalEmbedder } from '@/server/embeddings/local-embedder';
import { createStrangers } from '@/server/front/anonymous-limit';
import { createLog } from '@/server/log';
import { createAnswers } from '@/server/models/answers/answer-store';
import { createCooling } from '@/server/models/cooling/cooling';
import { createVault } from '@/server/models/keys/vault';
import { createLimits } from '@/server/models/limits/limits';
import { listLimits } from '@/server/models/limits/list-limits';
import { createModels } from '@/server/models/models';
import { createAuth } from '@/server/people/auth';
import { createPasswords } from '@/server/people/passwords';
import { createRunQueue } from '@/server/queue/run-queue';
import { findSealKey } from '@/server/runs/blobs/seal-key';
import { createChildRuns } from '@/server/runs/children/reconcile';
import { createEngine } from '@/server/runs/engine/engine';
import type { Services } from '@/server/services';
import { createSpeeds } from '@/server/spending/calls/speeds';
import { createLedger } from '@/server/spending/ledger/ledger';
import { payersOf } from '@/server/spending/ledger/payers';
import { ownPrices } from '@/server/spending/prices/own-prices';
import { priceOf } from '@/server/spending/prices/price-of';
import { createDraftStore } from '@/server/workflows/draft/draft-store';

/**
 * Wires the product for one process: the one place that knows what is made of what. `name` shows in logs and in the worker
 * table.
 */
export async function createServices(config: Config, name: string): Promise<Services> {
  const log = createLog(config, name);
  const { pool, healthPool } = createPools(config, log);
  const prisma = createPrisma(config);
  const bus = await createBus(config, log);
  const queue = createRunQueue(config, log);
  const computation = createComputation({ log });
  const code = createCode({ home: config.dataDir, log });
  const documents = createDocuments({ home: config.dataDir, log });
  const embedder = config.embedder === 'local' ? createLocalEmbedder({ log }) : noEmbedder;
  const vault = await createVault(config);
  const engine = createEngine({
    pool,
    bus,
    queue,
    log,
    sealKey: await findSealKey({ pool, vault, config, log }),
    runsPerWorkspace: config.runsPerWorkspace,
    runLimits: config.runLimits,
  });
  const childRuns = createChildRuns({ pool, engine, log });
  const drafts = createDraftStore({ pool, bus, log });
  const egress = createEgress(config);
  const models = createModels({
    cooling: createCooling(pool),
    ...{ prisma, vault, egress, log, computation },
    ledger: createLedger({ pool, bus, log }),
    limits: createLimits({ pool, log }),
    answers: createAnswers({ pool, log }),
    principalOf: async (...asked) => (await payersOf(pool, ...asked)).principal,
    priceOf: (...asked) => priceOf(pool, ...asked),
    limitsOf: (workspaceId) => listLimits(pool, workspaceId),
    ownPrices: (workspaceId) => ownPrices(pool, workspaceId),
    speedsOf: createSpeeds(pool),
    idleMs: config.modelIdleMs,
  });
  const passwords = createPasswords();
  const auth = createAuth({ config, prisma, log, passwords });
  return {
    config,
    log,
    pool,
    healthPool,
    prisma,
    bus,
    queue,
    computation,
    code,
    documents,
    embedder,
    engine,
    childRuns,
    drafts,
    vault,
    egress,
    models,
    auth,
    passwords,
    strangers: createStrangers(),
    async close() {
      await queue.close();
      await computation.close();
      await code.close();
      await documents.close();
      await embedder.close();
      await bus.close();
      await egress.close();
      await prisma.$disconnect();
      await Promise.all([pool.end(), healthPool.end()]);
    },
  };
}
