import { z } from 'zod';

export const runStatuses = [
  'queued',
  'running',
  'waiting',
  'succeeded',
  'failed',
  'cancelled',
] as const;
export type RunStatus = (typeof runStatuses)[number];
export const stepStatuses = [
  'pending',
  'ready',
  'running',
  'retrying',
  'waiting',
  'succeeded',
  'failed',
  'skipped',
  'cancelled',
] as const;
export type StepStatus = (typeof stepStatuses)[number];

export const runModes = ['live', 'rehearsal'] as const;
export type RunMode = (typeof runModes)[number];
export const runTriggers = ['manual', 'api', 'chat'] as const;
export type RunTrigger = (typeof runTriggers)[number];

/** A failure as data. `retryable` says whether another attempt could help. */
export const failureSchema = z.strictObject({
  code: z.string(),
  message: z.string(),
  retryable: z.boolean(),
});
export type Failure = z.infer<typeof failureSchema>;

export const usageSchema = z.strictObject({
  inputTokens: z.number(),
  outputTokens: z.number(),
  costUsd: z.number(),
});
export type Usage = z.infer<typeof usageSchema>;

/** A model call of a step, as people see it: what answered, why it was chosen, whether it was rehearsed. */
export const callSchema = z.strictObject({
  provider: z.string(),
  model: z.string(),
  rehearsed: z.boolean(),
  reason: z.string(),
  usage: usageSchema,
});
export type Call = z.infer<typeof callSchema>;

/** How a step that waited ends. Ports are all of the step's own unless they are named. */
export type WaitEnd =
  | { ok: true; output: unknown; ports?: string[]; reason?: string }
  | { ok: false; error: Failure };

/** What a step waits for, once its work asked to be suspended: nobody holds it meanwhile. */
export type Wait = {
  /** Time alone, a person's answer, or a message from outside. */
  kind: 'timer' | 'person' | 'message';
  /** When it ends by itself, in milliseconds since 1970; absent: never. */
  until?: number;
  /** How it ends then. */
  end?: WaitEnd;
  /** What is asked, for people and for whoever checks the answer: JSON that only the node type understands. */
  ask?: unknown;
};

/** One step of a plan: a node as the engine sees it. The engine knows kinds, never node types. */
export type PlanStep = {
  id: string;
  nodeId: string;
  key: string;
  name: string;
  type: string;
  kind: 'task' | 'switch';
  config: Record<string, unknown>;
  ports: string[];
  retry: { attempts: number; backoffMs: number; maxBackoffMs: number };
  timeoutMs: number;
  /** Its output in rehearsals, instead of running it. */
  pinnedOutput?: unknown;
  /** Edges into this step. Ready when each is settled and at least one is taken; skipped when none is. */
  incoming: { from: string; port: string }[];
};

/** What a run executes: compiled from a definition, frozen at start. */
export type Plan = {
  schema: 1;
  name: string;
  timeoutMs: number;
  steps: PlanStep[];
  /** Ids of the steps whose outputs make the run's output: the output nodes, else every sink. */
  outputs: string[];
};

export type StepState = {
  status: StepStatus;
  /** How often the step was started: the fencing token of its results. */
  attempt: number;
  /** Attempts that failed, which the retry policy counts. */
  failures?: number;
  /** Attempts that were lost with their worker, which have a limit of their own. */
  losses?: number;
  /** Ports that the finished step took; edges from others are dead. */
  ports?: string[];
  worker?: string;
  input?: unknown;
  output?: unknown;
  error?: Failure;
  reason?: string;
  calls?: Call[];
  readyAt?: number;
  startedAt?: number;
  finishedAt?: number;
  /** While running: when the attempt is over at the latest. */
  timeoutAt?: number;
  /** While retrying: when the next attempt may start. */
  retryAt?: number;
  /** While waiting. */
  wait?: Wait;
  waitingSince?: number;
};

export type RunState = {
  plan: Plan;
  status: RunStatus;
  mode: RunMode;
  input: unknown;
  seq: number;
  steps: Record<string, StepState>;
  output?: unknown;
  error?: Failure;
  cancelRequestedBy?: string;
  usage: Usage;
  createdAt: number;
  startedAt?: number;
  finishedAt?: number;
  /** Since when some step waits; the run's time limit stands still meanwhile. */
  waitingSince?: number;
  /** Milliseconds in which the time limit stood still so far. */
  waitedMs?: number;
};

/**
 * What happened, past tense. `at` is milliseconds since 1970; numbers (`seq`) run from 1 without gaps.
 * The event that ends a run also cancels every step that is not settled by then.
 */
export type RunEvent = { seq: number; at: number } & RunEventBody;
export type RunEventBody = StepEventBody | WholeRunEventBody;
export type StepEventBody =
  | { type: 'StepReady'; stepId: string }
  | { type: 'StepStarted'; stepId: string; attempt: number; worker: string; timeoutAt: number }
  | {
      type: 'StepSucceeded';
      stepId: string;
      attempt: number;
      ports: string[];
      input?: unknown;
      output: unknown;
      reason?: string;
      calls?: Call[];
    }
  | {
      type: 'StepRetryScheduled';
      stepId: string;
      attempt: number;
      error: Failure;
      retryAt: number;
      calls?: Call[];
    }
  | {
      type: 'StepFailed';
      stepId: string;
      attempt: number;
      error: Failure;
      input?: unknown;
      calls?: Call[];
    }
  | {
      type: 'StepWaiting';
      stepId: string;
      attempt: number;
      wait: Wait;
      input?: unknown;
      calls?: Call[];
    }
  | { type: 'StepLost'; stepId: string; attempt: number; worker: string }
  | { type: 'StepSkipped'; stepId: string; reason: string }
  | { type: 'StepCancelled'; stepId: string; attempt: number };
export type WholeRunEventBody =
  | { type: 'RunStarted' }
  | { type: 'RunCancelRequested'; by: string }
  | { type: 'RunSucceeded'; output: unknown }
  | { type: 'RunFailed'; error: Failure; stepId?: string }
  | { type: 'RunCancelled'; by: string };

/** How an attempt ended. Ports of a success are all of the step's own unless they are named. */
export type StepOutcome =
  | {
      ok: true;
      output: unknown;
      ports?: string[];
      reason?: string;
      input?: unknown;
      calls?: Call[];
    }
  | { ok: false; error: Failure; input?: unknown; calls?: Call[] }
  /** Not yet: the step waits, and somebody or the time ends it. */
  | { ok: 'wait'; wait: Wait; input?: unknown; calls?: Call[] };

/** What somebody asks of a run, imperative. Time and chance ride along; the core has neither. */
export type RunCommand =
  | { type: 'start'; now: number }
  /** A worker does what a tick does, and takes up to `limit` ready steps. */
  | { type: 'claim'; now: number; random: number; worker: string; limit: number }
  /** A worker reports how an attempt ended, and takes up to `limit` steps that became ready. */
  | {
      type: 'settle';
      now: number;
      worker: string;
      stepId: string;
      attempt: number;
      /** In [0, 1): jitter of the backoff. */
      random: number;
      outcome: StepOutcome;
      limit: number;
    }
  /** The lease of a step's worker ran out, or the worker gives the step back. */
  | { type: 'lose'; now: number; worker: string; stepId: string; attempt: number }
  /** What a step waited for has come. */
  | { type: 'resume'; now: number; stepId: string; attempt: number; end: WaitEnd }
  /** A timer may be due: retries, waits, step timeouts, the run's own timeout. */
  | { type: 'tick'; now: number; random: number }
  | { type: 'cancel'; now: number; by: string };
