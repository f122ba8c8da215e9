import { call } from '@/components/data/call';
import { toast } from '@/components/ui/controls/toast';
import { listAgents } from '@/lib/agents/contract';
import { listFiles } from '@/lib/files/contract';
import type { WorkflowNode } from '@/lib/workflows/schema';

type Wanted = { agents: Map<string, string[]>; files: Map<string, string[]> };

/** Agents and files that steps name in their settings, with the names of those steps. */
export function referencesOf(nodes: readonly WorkflowNode[]): Wanted {
  const wanted: Wanted = { agents: new Map(), files: new Map() };
  const add = (map: Map<string, string[]>, key: unknown, name: string) => {
    if (typeof key !== 'string' || key === '') return;
    map.set(key, [...(map.get(key) ?? []), name]);
  };
  for (const { config, name } of nodes) {
    add(wanted.agents, config.agent, name);
    const { file } = config;
    // Samples ship with the product: they are everywhere.
    if (typeof file === 'string' && !file.startsWith('sample:') && !file.includes('{{')) {
      add(wanted.files, file, name);
    }
  }
  return wanted;
}

async function knownFiles(): Promise<Set<string>> {
  const known = new Set<string>();
  let cursor: string | undefined;
  do {
    const page = await call(listFiles, { query: { limit: 100, ...(cursor ? { cursor } : {}) } });
    for (const file of page.items) known.add(file.id);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return known;
}

/** After a paste: lists what the steps name and this workspace does not have. */
export async function tellMissing(
  { nodes }: { nodes: readonly WorkflowNode[] },
  say: (message: string) => void,
): Promise<void> {
  const { agents, files } = referencesOf(nodes);
  const missing: string[] = [];
  try {
    if (agents.size > 0) {
      const known = new Set((await call(listAgents, {})).items.map((agent) => agent.handle));
      for (const [handle, steps] of agents) {
        if (!known.has(handle)) missing.push(`agent @${handle} (${steps.join(', ')})`);
      }
    }
    if (files.size > 0) {
      const known = await knownFiles();
      for (const [id, steps] of files)
        if (!known.has(id)) missing.push(`a file (${steps.join(', ')})`);
    }
  } catch {
    // Nobody to ask just now: the steps say themselves what they lack before they run.
    return;
  }
  if (missing.length === 0) return;
  const shown = missing.slice(0, 6).join('; ');
  const more = missing.length > 6 ? `; and ${missing.length - 6} more` : '';
  say(`Not in this workspace: ${shown}${more}`);
  toast.warning('Some of the pasted references are not in this workspace', {
    description: `${shown}${more}. Choose others in the steps’ settings.`,
    duration: 12_000,
  });
}
