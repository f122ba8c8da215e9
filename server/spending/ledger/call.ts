import type { ContextFill } from '@/lib/models/context/schema';
import type { TokenPrice } from '@/lib/models/price';
import type { Counted, ProviderId } from '@/lib/models/schema';
import type { Breached } from '@/lib/spending/breach';
import type { Pico } from '@/lib/spending/pico';
import type { Decision } from '@/lib/spending/schema';

/** Where in which run a call is made. */
export type CallPlace = {
  runId: string;
  stepId: string;
  nodeId: string;
  attempt: number;
  agentId?: string;
  /** How long the attempt may take, in milliseconds: its hold outlives it. */
  timeoutMs: number;
};

/** Who pays: the run above all, the workflows from the run's own upwards, and who started it. */
export type Payers = {
  rootRunId: string;
  workflowIds: string[];
  versionNumber: number | null;
  personId: string | null;
  /** On whose behalf a call is made, for what is kept for them alone. */
  principal: string;
};

export type NewCall = CallPlace &
  Payers & {
    id: string;
    workspaceId: string;
    mode: 'live' | 'rehearsal';
    provider: ProviderId;
    model: string;
    decision: Decision;
    /** What fills the model's window; absent where nothing is sent. */
    context?: ContextFill;
    price: TokenPrice | undefined;
    /** The most tokens that its request has, and those that its answer should have. */
    input: number;
    want: number;
    /** Whether the author of the step said how long the answer may be. */
    asked: boolean;
  };

export type Held =
  | { ok: true; maxTokens: number | undefined; limited: boolean }
  | { ok: false; busy: true }
  | { ok: false; busy: false; needed: Pico; unpriced: boolean; breached: Breached[] };

/** How a call ended. */
export type CallEnd = Counted & {
  state: 'settled' | 'failed';
  cost: Pico;
  estimated: boolean;
  finish: string | null;
  errorCode: string | null;
  outputBytes: number;
  firstPartMs: number | null;
  durationMs: number;
};
