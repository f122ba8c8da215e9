import type { Trial } from '@/lib/experiments/schema';
import type { EarlierLeft } from '@/lib/models/context/schema';
import type { ModelMessage, ModelTool, ToolChoice } from '@/lib/models/message';
import type { ModelPolicy } from '@/lib/models/schema';
import type { AnswerReuse } from '@/lib/nodes/node-type/model-question';
import type { Call } from '@/lib/runs/schema';
import type { CallPlace } from '@/server/spending/ledger/call';

/** One question to a model, as a step asks it. */
export type ModelCall = {
  workspaceId: string;
  /** Where it is made: whose budgets it counts in. */
  place: CallPlace;
  /** Somebody decided that a cheaper model than the chosen one answers. */
  cheaper?: boolean;
  /** The variant of an experiment that it is made for. */
  trial?: Trial;
  mode: 'live' | 'rehearsal';
  policy: ModelPolicy;
  system?: string;
  messages: ModelMessage[];
  tools?: ModelTool[];
  toolChoice?: ToolChoice;
  outputSchema?: Record<string, unknown>;
  maxTokens?: number;
  temperature?: number;
  /** An answer to exactly the same may be one of the cache. */
  reuse?: AnswerReuse;
  /** Messages before the first one, which whoever asks has left out. */
  earlier?: EarlierLeft;
  signal: AbortSignal;
  /** Text as it is written. After a misfit the second try follows the first. */
  onDelta?: (text: string) => void;
  /**
   * Told once what the call has cost, however it ends: with its answer, its failure, or at the very moment when the
   * signal aborts. Not told when nothing was asked of a model.
   */
  onSpent?: (call: Call) => void;
};

/** Room that is kept for the answer when nobody says how long it may be. */
export const usualAnswerTokens = 4_096;
export const answerTokens = (call: ModelCall) => call.maxTokens ?? usualAnswerTokens;
