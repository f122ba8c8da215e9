import type { Graph } from '@/lib/canvas/graph';
import { withInside } from '@/lib/canvas/layout/containers';
import { moveElements } from '@/lib/workflows/edits/edits-objects';
import type { ActionHost } from './action-host';

function withLockedFixed({ graph, isLocked }: ActionHost): Graph {
  const now = graph.get();
  const locked = [...now.nodes.values()].filter(({ id, fixed }) => !fixed && isLocked(id));
  if (locked.length === 0) return now;
  const nodes = new Map(now.nodes);
  for (const node of locked) nodes.set(node.id, { ...node, fixed: true });
  return { ...now, nodes };
}

/** As long as cards glide, and a little. */
const glideMs = 180;

/**
 * Tidies the whole workflow, or what is selected when that is several steps. Fixed steps stay, and those that others
 * locked. One step to undo; what was removed meanwhile is left out. The layout is ELK's, loaded on the first use.
 */
export async function tidyCanvas(host: ActionHost): Promise<void> {
  const { draft, local, undo } = host;
  const { nodes: selected } = local.get();
  const some = selected.size > 1;
  const now = withLockedFixed(host);
  try {
    const { tidy } = await import('./tidy');
    const positions = await tidy(now, some ? selected : new Set(now.nodes.keys()));
    const nodes = [...withInside(now, positions)].map(([id, position]) => ({ id, position }));
    if (nodes.length === 0 || draft.readOnly?.()) return;
    local.set((state) => ({ ...state, gliding: true }));
    undo.stopCapturing();
    moveElements(draft, { nodes });
    if (!some) requestAnimationFrame(host.fit);
    host.say(some ? 'Selected steps tidied' : 'Layout tidied');
    setTimeout(() => local.set((state) => ({ ...state, gliding: false })), glideMs);
  } catch {
    host.say('The layout could not be tidied. Try again.');
  }
}
