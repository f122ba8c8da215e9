import { isSettled, type OfferedTool, type ToolOutcome } from '@/lib/tools/call';
import { type AgentTurn, placeKey, type TaskSoFar } from '@/lib/tools/task';
import type { NodeContext } from '../../node-type/define-node';

/**
 * What came of the calls of a turn, in their order. They run together only where all of them read; else one after another.
 * Behind one that waits only those that read are begun; people are asked about the others all the same, at once.
 */
export async function settleCalls(
  context: Pick<NodeContext, 'callTool'>,
  { tools, settled, opening: { agent, grants } }: Pick<TaskSoFar, 'tools' | 'settled' | 'opening'>,
  number: number,
  { calls }: Pick<AgentTurn, 'calls'>,
): Promise<ToolOutcome[]> {
  const known = (position: number) => settled[placeKey(number, position)];
  const make = async (call: AgentTurn['calls'][number], position: number, hold = false) =>
    known(position) ??
    context.callTool({
      ...{ turn: number, position, ...call, grants, hold },
      agent: agent.handle,
    });
  const reads = (name: string) => isRead(tools, name);
  if (calls.every(({ name }) => reads(name))) {
    return Promise.all(calls.map((call, position) => make(call, position)));
  }
  const outcomes: ToolOutcome[] = [];
  let waits = false;
  for (const [position, call] of calls.entries()) {
    const outcome = await make(call, position, waits && !reads(call.name));
    outcomes.push(outcome);
    waits ||= !isSettled(outcome);
  }
  return outcomes;
}

const isRead = (tools: readonly OfferedTool[], name: string) =>
  tools.find((tool) => tool.name === name)?.effect === 'read';
