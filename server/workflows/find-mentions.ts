import { catalogue } from '@/lib/nodes/catalogue';
import { configFields } from '@/lib/workflows/config-fields';
import { typeNamed } from '@/lib/workflows/node-catalogue';
import { type Definition, definitionSchema, type WorkflowNode } from '@/lib/workflows/schema';
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

type Needs = Pick<Services, 'pool' | 'drafts'>;
/** Which steps count, by their settings. */
type Fits = (config: WorkflowNode['config']) => boolean;

/** Workflows whose draft or live version has a setting with this widget and value, last changed first. */
export async function findMentions(
  services: Needs,
  workspaceId: string,
  { widget, value, fits }: { widget: string; value: string; fits?: Fits },
): Promise<Mention[]> {
  return (await findAllMentions(services, workspaceId, widget, [value], fits)).get(value) ?? [];
}

/** The same for several values, by value, with one look at each workflow. */
export async function findAllMentions(
  { pool, drafts }: Needs,
  workspaceId: string,
  widget: string,
  values: readonly string[],
  fits: Fits = () => true,
): Promise<Map<string, Mention[]>> {
  const found = new Map<string, Mention[]>();
  if (values.length === 0) return found;
  for (const row of await workflowsHolding(pool, workspaceId, values)) {
    const draft = row.maybeDraft ? await drafts.read(row.id) : undefined;
    const live = definitionSchema.safeParse(row.live);
    for (const value of values) {
      const inDraft = draft ? stepsNaming(draft, widget, value, fits) : [];
      const inLive = live.success ? stepsNaming(live.data, widget, value, fits) : [];
      const steps = new Map([...inLive, ...inDraft].map((step) => [step.id, step]));
      if (steps.size === 0) continue;
      const mention: Mention = {
        workflowId: row.id,
        workflowName: row.name,
        inDraft: inDraft.length > 0,
        inLive: inLive.length > 0,
        steps: [...steps.values()],
      };
      found.set(value, [...(found.get(value) ?? []), mention]);
    }
  }
  return found;
}

function stepsNaming(
  { nodes }: Definition,
  widget: string,
  value: string,
  fits: Fits,
): Mention['steps'] {
  return nodes
    .filter((node) => {
      const type = typeNamed(catalogue, node.type);
      if (type === undefined || !fits(node.config)) return false;
      return configFields(type, node.config).some(
        (field) => field.widget === widget && field.value === value,
      );
    })
    .map(({ id, name }) => ({ id, name }));
}
