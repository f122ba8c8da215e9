import { changeTool } from '@/lib/canvas-turns/agent-edit';
import type { ToolGrant } from '@/lib/tools/settings';
import { type NodeContext, Suspension } from '../node-type/define-node';

type Worker = { grants: readonly ToolGrant[]; who: { handle: string; name: string } };

/**
 * Does an agent's work as one of those who are at a canvas, where the run was asked to change a workflow: everybody there
 * sees it from the first moment to the last, and what it made is one suggestion at the end. Everywhere else it is the work alone.
 */
export async function onCanvas<Done extends { turn: { text: string } }>(
  context: NodeContext,
  { grants, who }: Worker,
  work: () => Promise<Done | Suspension>,
): Promise<Done | Suspension> {
  if (!grants.some(({ name }) => name === changeTool)) return work();
  const { handle, name } = who;
  const { on } = await context.service('canvas', { do: 'join', handle, name });
  if (!on) return work();
  let done: Done | Suspension;
  try {
    done = await work();
  } catch (error) {
    // Whoever stopped it has taken it off the canvas already.
    await context.service('canvas', { do: 'leave' }).catch(() => undefined);
    throw error;
  }
  if (Suspension.isInstance(done)) await context.service('canvas', { do: 'leave' });
  else await context.service('canvas', { do: 'finish', text: done.turn.text });
  return done;
}
