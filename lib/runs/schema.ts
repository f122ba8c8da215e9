import { z } from 'zod';
import type { BlobRef } from './blobs';

export const runStatuses = [
  'queued',
  'running',
  'waiting',
  'paused',
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
export const runTriggers = [
  'manual',
  'api',
  'chat',
  'schedule',
  'webhook',
  'form',
  'mail',
  'message',
  'try',
  'step',
] as const;
export type RunTrigger = (typeof runTriggers)[number];

/** A failure as data. `retryable` says whether another attempt could help. */
export const failureSchema = z.strictObject({
  code: z.string(),
  message: z.string(),
  retryable: z.boolean(),
  /** How long whoever was asked wants to be left alone: no attempt before. */
  retryAfterMs: z.number().optional(),
  /** Certain that nothing was changed outside. */
  noEffect: z.literal(true).optional(),
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
  /** What people should know of the answer itself: that it was cut, or read only a part of its prompt. */
  note: z.string().optional(),
  /** The price is unknown: the cost counts as 0. It is an earlier answer, from the cache: nothing was asked. */
  ...{ unpriced: z.literal(true).optional(), cached: z.literal(true).optional() },
  usage: usageSchema,
});
export type Call = z.infer<typeof callSchema>;

/** What runs that a step started have used, and whether the scripted model had a part in them. */
export type UsageBelow = Usage & { scripted?: true };

/** How a step that waited ends, or that its work is to be called once more (`again`) and what it is told then. */
export type WaitEnd =
  | { ok: true; output: unknown; ports?: string[]; reason?: string }
  | { ok: false; error: Failure }
  | { ok: 'again'; value?: unknown; usage?: UsageBelow };

/** Runs that a step starts and waits for: one for each input. */
export type Children = {
  /** What is run: the steps inside this one, another workflow's version, or a plan that was made for it. */
  of:
    | { kind: 'body' }
    | { kind: 'workflow'; workflowId: string; version?: number }
    /** `alone`: its expressions see its own input, and nothing of the run around it. */
    | { kind: 'plan'; plan: Plan; alone?: true };
  inputs: unknown[] | BlobRef;
  /** How many may run at once. */
  concurrency: number;
  /** The first one that fails ends the others. */
  failFast: boolean;
  /** Which time it is; children of other rounds do not count. */
  round: number;
};

/** What a step waits for, once its work asked to be suspended: nobody leases it meanwhile. */
export type Wait = {
  /** Time alone, a person's answer, a message from outside, runs that it started, or the debugger. */
  kind: 'timer' | 'person' | 'message' | 'children' | 'debugger';
  /** When it ends by itself, in milliseconds since 1970, and how; absent: never. */
  until?: number;
  end?: WaitEnd;
  /** What is asked, for people and for whoever checks the answer: JSON that only the node type understands. */
  ask?: unknown;
  /** What the step's work remembers when it is called again: JSON of its own. */
  memo?: unknown;
  children?: Children;
  /** Name under which a message ends it. */
  channel?: string;
  /** What only people can end, as a sentence for those who look after the run: they are notified. */
  tell?: string;
};

/** One step of a plan: a node as the engine sees it. The engine knows kinds, never node types. */
export type PlanStep = {
  id: string;
  nodeId: string;
  key: string;
  name: string;
  type: string;
  /** A `stop` ends the run with its output; a `handler` starts when the run would fail. */
  kind: 'task' | 'switch' | 'stop' | 'handler';
  config: Record<string, unknown>;
  ports: string[];
  retry: {
    attempts: number;
    backoffMs: number;
    maxBackoffMs: number;
    /** Spread of the waits, as a part of them; a quarter unless it is given. */
    jitter?: number;
    /** Only failures with one of these codes are tried again; absent: those that say they may. */
    codes?: string[];
  };
  timeoutMs: number;
  /** When it fails for good: the run goes on at the port `error`, or everywhere with this output. Absent: it fails too. */
  onError?: { go: 'port' } | { go: 'on'; output: unknown };
  /** It may change something outside: once begun it is never begun again, or only when a person says so. */
  effects?: 'once' | 'ask';
  /** Of several ready steps the higher ones are taken first; 0 unless it is given. */
  priority?: number;
  /** How many edges into it must be taken, instead of waiting for all to settle. */
  join?: { need: 'all' | number; cancelRest?: boolean };
  /** An output may be taken from an earlier step with the same key, for so long. */
  cache?: { key: string; ttlMs: number };
  /** Its output in rehearsals, instead of running it. */
  pinnedOutput?: unknown;
  /** Steps inside it, which it runs for each of its items. */
  body?: Plan;
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
  /** What expressions can name besides; of a step that runs alone, what the steps around it would give. */
  names?: Record<string, unknown>;
};

/** The result of a step of an earlier run that a new one reuses instead of running it. */
export type Reused = Pick<
  StepState,
  'output' | 'ports' | 'input' | 'reason' | 'scripted' | 'given'
>;

/**
 * Runs in which steps began before that are taken up again here, by step, the newest first and at most {@link maxEarlier}.
 * The last one is where the step began first: what it changes outside goes by the key that it had there.
 */
export type Earlier = Readonly<Record<string, readonly string[]>>;
export const maxEarlier = 20;

/** Steps whose settings are not those of the version, and who changed them. */
export type ChangedSteps = { by: string; steps: readonly string[] };

/** What a new run reuses of another: results by step, and the steps that it takes up again. */
export type ReusedResults = {
  from: string;
  steps: Readonly<Record<string, Reused>>;
  earlier?: Earlier;
};

/**
 * Where a run that is debugged stops, by step, those inside containers included; a condition is an expression, empty:
 * always. `into`: the containers, the outermost first, with their items, that one has stepped into.
 */
export type Debug = {
  breakpoints: Record<string, string>;
  stepping: boolean;
  into?: { stepId: string; index: number }[];
};

export type StepState = {
  status: StepStatus;
  /** How often the step was started: the fencing token of its results. */
  attempt: number;
  /** Attempts that failed, which the retry policy counts, and that were lost with their worker, which have a limit of their own. */
  failures?: number;
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
  /** While running: when the attempt is over at the latest; while retrying: when the next one may start. */
  timeoutAt?: number;
  retryAt?: number;
  /** While waiting. */
  wait?: Wait;
  waitingSince?: number;
  /** What its work remembers from before it waited, and what it was told at the end of that. */
  memo?: unknown;
  resumed?: unknown;
  /** It has started runs of its own. */
  spawned?: true;
  /** The run that its result was taken from. */
  reusedFrom?: string;
  /** Somebody wrote its result for this run: it never ran. */
  given?: true;
  /** Who gave it other settings than its version has, in the debugger or when the run was started again. */
  changedBy?: string;
  /** The built-in scripted model had a part in it: here, in a run that it started, or where its result came from. */
  scripted?: true;
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
  /** Nothing starts until somebody lets it go on. */
  pausedBy?: string;
  /** What went wrong, while the steps that handle it run. */
  failing?: { error: Failure; stepId?: string; at: number };
  debug?: Debug;
  earlier?: Earlier;
  usage: Usage;
  /** The built-in scripted model had a part in some step. */
  scripted?: true;
  createdAt: number;
  startedAt?: number;
  finishedAt?: number;
  /** Since when some step waits or the run is paused; its time limit stands still meanwhile. */
  waitingSince?: number;
  /** Milliseconds in which the time limit stood still so far. */
  waitedMs?: number;
};

/**
 * What happened, past tense. `at` is milliseconds since 1970; numbers (`seq`) run from 1 without gaps.
 * The event that ends a run also cancels every step that is not settled by then.
 */
export type RunEvent = { seq: number; at: number } & RunEventBody;
export type RunEventBody = StepEventBody | RunOnlyEventBody;
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
      /** Present when the run goes on all the same. */
      ports?: string[];
      output?: unknown;
    }
  | {
      type: 'StepWaiting';
      stepId: string;
      attempt: number;
      wait: Wait;
      input?: unknown;
      calls?: Call[];
    }
  | {
      type: 'StepResumed';
      stepId: string;
      attempt: number;
      value?: unknown;
      by?: string;
      /** What the runs that it waited for have used. */
      usage?: UsageBelow;
    }
  | ({ type: 'StepReused'; stepId: string; from: string } & Reused)
  /** `drained`: given back by a worker that ended in good order. */
  | { type: 'StepLost'; stepId: string; attempt: number; worker: string; drained?: true }
  | { type: 'StepSkipped'; stepId: string; reason: string }
  | { type: 'StepCancelled'; stepId: string; attempt: number }
  /** What an attempt has cost that was over before its worker could say so. It may follow the run's end. */
  | { type: 'StepSpent'; stepId: string; attempt: number; calls: Call[] };
export type RunOnlyEventBody =
  | { type: 'RunStarted'; earlier?: Earlier; changed?: ChangedSteps }
  | { type: 'RunCancelRequested'; by: string }
  | { type: 'RunPaused'; by: string }
  | { type: 'RunResumed'; by: string }
  | { type: 'DebugSet'; by: string; debug: Debug }
  /** Steps that handle errors begin; the run fails, or is saved by them, when they are through. */
  | { type: 'RunFailing'; error: Failure; stepId?: string }
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
  | {
      type: 'start';
      now: number;
      reuse?: ReusedResults;
      changed?: ChangedSteps;
      debug?: Debug;
    }
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
  | {
      type: 'lose';
      now: number;
      worker: string;
      stepId: string;
      attempt: number;
      drained?: true;
    }
  /** A worker accounts for an attempt whose result is no longer wanted. */
  | { type: 'spend'; now: number; stepId: string; attempt: number; calls: Call[] }
  /** What a step waited for has come. */
  | { type: 'resume'; now: number; stepId: string; attempt: number; end: WaitEnd; by?: string }
  | { type: 'pause'; now: number; by: string }
  | { type: 'continue'; now: number; by: string }
  | { type: 'debug'; now: number; by: string; debug: Debug }
  /** A timer may be due: retries, waits, step timeouts, the run's own timeout. */
  | { type: 'tick'; now: number; random: number }
  | { type: 'cancel'; now: number; by: string };
