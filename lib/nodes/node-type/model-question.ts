import type { EarlierLeft } from '@/lib/models/context/schema';
import type { ModelMessage, ModelTool, ToolChoice } from '@/lib/models/message';
import type { ModelPolicy } from '@/lib/models/schema';

/** What a step asks of a language model. */
export type ModelQuestion = {
  policy: ModelPolicy;
  /** Id of the agent that asks, whose budget pays. */
  agentId?: string;
  system?: string;
  messages: ModelMessage[];
  /** What the model may ask for. The step calls it, and asks again with the result. */
  tools?: ModelTool[];
  toolChoice?: ToolChoice;
  outputSchema?: Record<string, unknown>;
  maxTokens?: number;
  temperature?: number;
  /** An answer to exactly the same may be one of the cache. */
  reuse?: AnswerReuse;
  /** Messages before the first one, which whoever asks has left out: for the record, and for people. */
  earlier?: EarlierLeft;
};

/** How long an answer may be given again to whoever asks the same. */
export type AnswerReuse = {
  forMs: number;
  /** Version of the agent that asks: an edited one is another. */
  agentVersion?: number;
  /** The task may use tools that change something: then every answer is asked for. */
  acts?: true;
};
