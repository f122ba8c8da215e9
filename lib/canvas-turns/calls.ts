import type { AgentEdit } from './agent-edit';

/** What an agent at work on a canvas asks of the server; `join` and `leave` frame the turn. */
export type CanvasCall =
  | { do: 'join'; handle: string; name: string }
  | { do: 'change'; edits: AgentEdit[]; byRules: boolean }
  | { do: 'finish'; text: string }
  | { do: 'leave' };

export type CanvasAnswer = {
  /** Whether the run was asked to change a workflow at all. */
  on: boolean;
  /** What was done, in a sentence or a few, for whoever reads the chat. */
  says?: string;
  made?: string[];
  /** Edits that were not made, and why. */
  refused?: string[];
  /** Problems that the draft did not have before, with what would mend them. */
  problems?: string[];
};

/** What the input of a run says, that is to change a workflow. */
export type AskedChange = { workflowId: string; selected: string[] };
