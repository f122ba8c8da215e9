import type { MessagePart, ModelMessage } from '@/lib/models/message';
import type { ModelPolicy, ModelUsage } from '@/lib/models/schema';
import type { OfferedTool, SettledCall, ToolCallAsk } from './call';
import type { TaskLimits, ToolGrant } from './settings';

/** What a task of an agent begins with; kept, so that every attempt goes on with the same. */
export type TaskOpening = {
  agent: { id?: string; version?: number; handle: string; name: string };
  policy: ModelPolicy;
  system: string;
  messages: ModelMessage[];
  grants: ToolGrant[];
  limits: TaskLimits;
};

/** A turn that the model has finished: what it wrote, and the tools that it asked for. */
export type AgentTurn = {
  parts: MessagePart[];
  text: string;
  /** The checked value, where the last turn had to fit a schema. */
  value?: unknown;
  calls: Pick<ToolCallAsk, 'callId' | 'name' | 'args' | 'print'>[];
  provider: string;
  model: string;
  rehearsed: boolean;
  reason: string;
  usage: ModelUsage;
};

export type TaskSoFar = {
  opening: TaskOpening;
  tools: OfferedTool[];
  /** Finished turns, the first one first. */
  turns: AgentTurn[];
  /** What came of calls that are over, by {@link placeKey}. */
  settled: Record<string, SettledCall>;
  /** Milliseconds since 1970, and those in which it waited for people and other runs. */
  startedAt: number;
  waitedMs: number;
  /** What the runs cost that it began, in US dollars. */
  belowUsd: number;
  /** Milliseconds that one attempt of the step may take. */
  attemptMs: number;
};

export const placeKey = (turn: number, position: number): string => `${turn}/${position}`;

/** A call of a step, with what the step may use at all. */
export type GrantedCall = ToolCallAsk & {
  grants: readonly ToolGrant[];
  /** Handle of the agent that calls. */
  agent?: string;
  /** It stands behind a call that waits: people are asked about it as well, but it is not begun. */
  hold?: boolean;
};
