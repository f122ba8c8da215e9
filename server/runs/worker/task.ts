import type { Call, PlanStep, RunState, StepOutcome } from '@/lib/runs/schema';
import type { ParentLink } from '@/server/runs/journal/store';

/** One attempt of one step, as the executor hands it over. */
export type Task = {
  runId: string;
  workspaceId: string;
  /** The run when the attempt was claimed. */
  state: RunState;
  step: PlanStep;
  attempt: number;
  /** The run that this one belongs to, when a step started it. */
  parentLink?: ParentLink;
  /** Aborts on cancel, timeout and lost lease. */
  signal: AbortSignal;
  /** Text as it is written, for whoever watches the step. */
  onDelta(text: string): void;
  /** Model calls of the attempt so far, for whoever accounts for it however it ends; the work adds to it. */
  calls: Call[];
};

/** Does a step's work. Never rejects: a failure is an outcome. */
export type RunStep = (task: Task) => Promise<StepOutcome>;
