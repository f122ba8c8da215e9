import { catalogue } from '@/lib/nodes/catalogue';
import { configFields } from '@/lib/workflows/config-fields';
import { typeNamed } from '@/lib/workflows/node-catalogue';
import { type Definition, definitionSchema } from '@/lib/workflows/schema';
import type { Services } from '@/server/services';
import { workflowsHolding } from './store';

/** A workflow that names something, where it does, and in which steps. */
export type Mention = {
  workflowId: string;
  workflowName: string;
  inDraft: boolean;
  inLive: boolean;
  steps: { id: string; name: string }[];
};

type Sought = { widget: string; value: string };

/** Workflows whose draft or live version has a setting with this widget and value, last changed first. */
export async function findMentions(
  { pool, drafts }: Pick<Services, 'pool' | 'drafts'>,
  workspaceId: string,
  sought: Sought,
): Promise<Mention[]> {
  const found: Mention[] = [];
  for (const row of await workflowsHolding(pool, workspaceId, sought.value)) {
    const inDraft = row.maybeDraft ? stepsNaming(await drafts.read(row.id), sought) : [];
    const live = definitionSchema.safeParse(row.live);
    const inLive = live.success ? stepsNaming(live.data, sought) : [];
    const steps = new Map([...inLive, ...inDraft].map((step) => [step.id, step]));
    if (steps.size === 0) continue;
    found.push({
      workflowId: row.id,
      workflowName: row.name,
      inDraft: inDraft.length > 0,
      inLive: inLive.length > 0,
      steps: [...steps.values()],
    });
  }
  return found;
}

function stepsNaming({ nodes }: Definition, { widget, value }: Sought): Mention['steps'] {
  return nodes
    .filter((node) => {
      const type = typeNamed(catalogue, node.type);
      if (type === undefined) return false;
      return configFields(type, node.config).some(
        (field) => field.widget === widget && field.value === value,
      );
    })
    .map(({ id, name }) => ({ id, name }));
}
