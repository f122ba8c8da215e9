import type { Pool } from 'pg';
import type { Bus } from '@/server/bus/bus';
import type { Code } from '@/server/code/code';
import type { Computation } from '@/server/computation/computation';
import type { Config } from '@/server/config';
import type { Prisma } from '@/server/db/prisma';
import type { Documents } from '@/server/documents/documents';
import type { Egress } from '@/server/egress/client';
import type { Embedder } from '@/server/embeddings/embedder';
import type { Strangers } from '@/server/front/anonymous-limit';
import type { Log } from '@/server/log';
import type { Vault } from '@/server/models/keys/vault';
import type { Models } from '@/server/models/models';
import type { Auth } from '@/server/people/auth';
import type { Passwords } from '@/server/people/passwords';
import type { RunQueue } from '@/server/queue/run-queue';
import type { ChildRuns } from '@/server/runs/children/reconcile';
import type { Engine } from '@/server/runs/engine/engine';
import type { DraftStore } from '@/server/workflows/draft/draft-store';

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
  /** Works out what people wrote, away from the event loop. */
  computation: Computation;
  /** Runs the code of code steps, in a sandbox. */
  code: Code;
  /** Tells what texts mean, for search. */
  embedder: Embedder;
  /** Reads office documents, in processes that can be killed. */
  documents: Documents;
  engine: Engine;
  childRuns: ChildRuns;
  drafts: DraftStore;
  vault: Vault;
  egress: Egress;
  models: Models;
  auth: Auth;
  passwords: Passwords;
  strangers: Strangers;
  close(): Promise<void>;
};

const shared = globalThis as { ensembleServices?: Services };

/**
 * The process's services, for route handlers: Next bundles them apart from the server that made them. Only types are
 * imported here, so that no route's bundle holds the whole product.
 */
export function services(): Services {
  if (!shared.ensembleServices) throw new Error('services() was called before createServices()');
  return shared.ensembleServices;
}

/** Called once by a process entry after `createServices`. */
export function shareServices(value: Services): void {
  shared.ensembleServices = value;
}
