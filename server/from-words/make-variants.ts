import type { ResultOf } from '@/lib/api/define-route';
import type { workflowFromDescription as contract } from '@/lib/from-words/contract';
import type { Drafted } from '@/lib/from-words/drafted';
import { callsInARow } from '@/lib/from-words/variants/in-a-row';
import type { VariantKind } from '@/lib/from-words/variants/kinds';
import { withoutEqual } from '@/lib/from-words/variants/same-variants';
import { variantsOf } from '@/lib/from-words/variants/variants';
import type { AgentModels } from '@/lib/from-words/variants/with-mode';
import { catalogue } from '@/lib/nodes/catalogue';
import type { Actor } from '@/lib/people/schema';
import { compile } from '@/lib/workflows/compile';
import { topologicalOrder } from '@/lib/workflows/graph';
import type { Definition, Problem } from '@/lib/workflows/schema';
import { readAgent } from '@/server/runs/worker/resources';
import type { Services } from '@/server/services';
import { estimatePlan } from '@/server/spending/estimate/estimate-workflow';
import { rehearseDraft } from './rehearse-draft';

type Given = {
  drafted: Drafted;
  definition: Definition;
  problems: (definition: Definition) => Promise<Problem[]>;
  idOf: (part: string) => string;
  signal: AbortSignal;
};
type Made = Pick<ResultOf<typeof contract>, 'variants' | 'fewer'>;

/** The variants of a draft: each without problems, rehearsed and costed; those that come to the same are one. */
export async function makeVariants(
  services: Services,
  actor: Actor,
  { drafted, definition, problems, idOf, signal }: Given,
): Promise<Made> {
  const agents = await agentModels(services, actor.workspaceId, definition);
  const all = await Promise.all(
    variantsOf(definition, catalogue, agents).map(async (variant) => {
      const found = await problems(variant.definition);
      const plan = compile(variant.definition, catalogue);
      const estimate = await estimatePlan(services, actor.workspaceId, plan);
      return { ...variant, estimate, models: estimate.models, problem: found[0] };
    }),
  );
  const { different, why } = withoutEqual(all.filter(({ problem }) => problem === undefined));
  const left = all.flatMap(({ kind, problem }) =>
    problem === undefined ? [] : [`${title(kind)} is left out: ${problem.message}`],
  );
  const variants = await Promise.all(
    different.map(async ({ kinds, definition: made, differences, estimate }) => ({
      ...{ kinds, differences, definition: made, steps: stepsOf(made, drafted) },
      estimate: {
        ...estimate,
        inARow: callsInARow(made),
        models: [...new Set(estimate.models)],
      },
      rehearsal: await rehearseDraft(services, actor, {
        ...{ definition: made, runId: idOf(`rehearse-${kinds[0]}`), signal },
      }),
    })),
  );
  return { variants, fewer: [...why, ...left] };
}

const title = (kind: VariantKind) => `${kind.slice(0, 1).toUpperCase()}${kind.slice(1)}`;

/** Which models the agents ask that a draft names. */
async function agentModels(
  { pool }: Pick<Services, 'pool'>,
  workspaceId: string,
  { nodes }: Definition,
): Promise<AgentModels> {
  const handles = nodes.flatMap(({ config: { agent } }) =>
    typeof agent === 'string' && agent !== '' ? [agent.replace(/^@/, '')] : [],
  );
  const found = await Promise.all(
    [...new Set(handles)].map(async (handle) => {
      const agent = await readAgent(pool, { workspaceId, live: false }, handle);
      return [handle, agent?.model ?? 'auto'] as const;
    }),
  );
  return new Map(found);
}

/** The steps of a variant in words: those of the draft, and what is new. */
function stepsOf(definition: Definition, { steps }: Drafted): Made['variants'][number]['steps'] {
  const said = new Map(steps.map(({ id, does }) => [id, does]));
  const byId = new Map(definition.nodes.map((node) => [node.id, node]));
  const order = [...new Set([...topologicalOrder(definition), ...byId.keys()])];
  return order.flatMap((id) => {
    const node = byId.get(id);
    if (node === undefined) return [];
    const { type, name } = node;
    return [{ id, type, name, does: said.get(id) ?? 'Reads the answer again and mends it.' }];
  });
}
