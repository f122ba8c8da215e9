import type { SettledCall } from '@/lib/tools/call';
import type { Approval, ToolCallView, ToolView } from '@/lib/tools/contract';
import type { Tool } from '@/lib/tools/define-tool';
import type { ToolAnswer } from '@/lib/tools/question';
import { toolChanged } from './plan-call';
import { inputSchemaOf } from './print';
import type { CallRow } from './store';

export function viewTool(tool: Tool, refused: string | undefined): ToolView {
  const { name, ref, source, title, description, effect, risk, approval } = tool;
  return {
    ...{ name, ref, source, title, description, effect, risk, approval },
    outside: tool.outside === true,
    connects: tool.connects === true,
    unavailable: tool.unavailable ?? refused ?? null,
    trouble: tool.trouble ?? null,
    inputSchema: inputSchemaOf(tool),
  };
}

export function viewCall(row: CallRow): ToolCallView {
  const { id, turn, position, tool, title, effect, state, args, argsHash, ask, result, error } =
    row;
  return {
    ...{ id, turn, position, tool, title, effect, state, args, argsHash, ask, result, error },
    askedArgs: row.askedArgs ?? null,
    answer: row.answer === null ? null : unsealed(row.answer),
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}

const unsealed = ({ seal: _, ...answer }: ToolAnswer) => answer;

export type WaitingRow = CallRow & {
  runName: string;
  workflowId: string | null;
  threadId: string | null;
  agent: string | null;
};

export function viewApproval(row: WaitingRow): Approval {
  const { runId: id, runName: name, stepId, workflowId, threadId, agent } = row;
  return { ...viewCall(row), run: { id, name, stepId, workflowId, threadId }, agent };
}

/** What came of a call that is over. */
export function outcomeOf({ state, result, error }: CallRow): SettledCall | undefined {
  if (state !== 'done' && state !== 'failed' && state !== 'refused') return undefined;
  const changed = error === toolChanged ? { changed: true as const } : {};
  return { state, result: result ?? '', ...changed };
}

/** How long a call waited for people, or for the run that it began. */
export function waitedMs({ answer, round, createdAt, startedAt, finishedAt }: CallRow): number {
  if (answer !== null) return Math.max(0, Date.parse(answer.at) - createdAt.getTime());
  if (round === null || startedAt === null || finishedAt === null) return 0;
  return finishedAt.getTime() - startedAt.getTime();
}
