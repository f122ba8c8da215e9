import type { Children } from '@/lib/runs/schema';

/** What a call may change: nothing; something that repeating changes no further; something that must happen once. */
export const toolEffects = ['read', 'idempotent', 'once'] as const;
export type ToolEffect = (typeof toolEffects)[number];

/** A tool as a model is told of it. */
export type OfferedTool = {
  name: string;
  title: string;
  description: string;
  inputSchema: Record<string, unknown>;
  effect: ToolEffect;
  /** What it is, as a hash: a call by a model that was told of something else is refused. */
  print: string;
  /** It is one of the product's own, of which models are told first. */
  always?: true;
};

/** `asked`: a person is asked; `unknown`: nobody can tell whether it happened, and a person is asked what came of it. */
export const toolCallStates = [
  'planned',
  'asked',
  'approved',
  'refused',
  'running',
  'done',
  'failed',
  'unknown',
] as const;
export type ToolCallState = (typeof toolCallStates)[number];

/** A call that a model or a step makes; `turn` and `position` name its place in the step. */
export type ToolCallAsk = {
  turn: number;
  position: number;
  callId: string;
  name: string;
  args: unknown;
  /** The hash of what the model was told of the tool. */
  print?: string;
};

/** What came of a call: a result for whoever asked, or what it waits for. */
export type SettledCall = {
  state: 'done' | 'failed' | 'refused';
  result: string;
  value?: unknown;
  /** It was not run, since the model was told of another form of the tool. */
  changed?: true;
};
export type ToolOutcome =
  | SettledCall
  /** Nothing was done yet. `ids`: the calls that people are asked about. */
  | { state: 'asked' | 'unknown'; id: string; text: string }
  /** It stands behind a call that waits: nothing was done yet, and nothing is asked about it. */
  | { state: 'held' }
  /** It is a run, which the step has to wait for. */
  | { state: 'started'; of: Children['of']; input: Record<string, unknown>; round: number };

export const isSettled = (outcome: ToolOutcome): outcome is SettledCall => 'result' in outcome;
