import type { ProviderView } from '@/lib/models/contract';
import type { ModelAnswer } from '@/lib/nodes/node-type/define-node';
import type { Prisma } from '@/server/db/prisma';
import type { Egress } from '@/server/egress/client';
import { answer, type Listening } from './calls/answer';
import { findModel, openModel } from './calls/find-model';
import { createServed } from './calls/list-served-models';
import type { Vault } from './keys/vault';
import { viewProviders } from './overview';
import { createLocals, type LocalId } from './providers/local';
import type { ModelCall } from './providers/model-call';

export type Models = {
  /**
   * Chooses a model, calls it and counts what it cost. The key is decrypted for this call alone. With an output
   * schema the answer is parsed and checked; a misfit gets one more try. Throws `StepError` (`no_model`,
   * `model_*`, `output_misfit`), or the signal's reason.
   */
  call(request: ModelCall): Promise<ModelAnswer>;
  /** Every provider with its state and models, for people. Takes at most a few hundred milliseconds. */
  overview(workspaceId: string): Promise<ProviderView[]>;
};

type Parts = Listening & {
  prisma: Prisma;
  vault: Vault;
  egress: Egress;
  /** Where tests put local servers. */
  localUrls?: Partial<Record<LocalId, string>>;
};

/** The models of all workspaces. Opens no connection by itself. */
export function createModels(parts: Parts): Models {
  const { prisma, vault, egress } = parts;
  const vendorFetch = egress.fetch();
  const reach = {
    prisma,
    vault,
    locals: createLocals(egress, parts.localUrls),
    served: createServed(parts, vendorFetch),
    fetch: vendorFetch,
  };
  return {
    async call(request) {
      const choice = await findModel(reach, request);
      const opened = await openModel(reach, request, choice);
      return answer(parts, choice, opened, request);
    },
    overview: (workspaceId) => viewProviders(reach, workspaceId),
  };
}
