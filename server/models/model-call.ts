import type { ModelMessage, ModelPolicy } from '@/lib/models/schema';

/** One question to a model, as a step asks it. */
export type ModelCall = {
  workspaceId: string;
  mode: 'live' | 'rehearsal';
  policy: ModelPolicy;
  system?: string;
  messages: ModelMessage[];
  outputSchema?: Record<string, unknown>;
  maxTokens?: number;
  temperature?: number;
  signal: AbortSignal;
  /** Text as it is written. After a misfit the second try follows the first. */
  onDelta?: (text: string) => void;
};

/** Room that is kept for the answer when nobody says how long it may be. */
export const answerTokens = (call: ModelCall) => call.maxTokens ?? 4_096;
