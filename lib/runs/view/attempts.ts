import type { Failure, RunEvent } from '@/lib/runs/schema';

export type Attempt = {
  attempt: number;
  /** Milliseconds since 1970. */
  startedAt: number;
  finishedAt?: number;
  /** `went-on`: it waited, and its work was called again. */
  outcome: 'running' | 'succeeded' | 'failed' | 'retrying' | 'went-on' | 'lost' | 'cancelled';
  error?: Failure;
  worker?: string;
  /** From when it waited for time or for somebody, until it finished. */
  waitedFrom?: number;
  /** When the next attempt was due, after one that is tried again. */
  retryAt?: number;
};

/** The attempts of every step, in order, read from the run's journal. */
export function attemptsOf(events: readonly RunEvent[]): Record<string, Attempt[]> {
  const all: Record<string, Attempt[]> = {};
  for (const event of events) {
    if (!('stepId' in event) || event.stepId === undefined) {
      if (isEnd(event)) endOpen(all, event.at);
      continue;
    }
    if (event.type === 'StepStarted') {
      const { attempt, worker, at } = event;
      const list = all[event.stepId] ?? [];
      list.push({ attempt, startedAt: at, outcome: 'running', worker });
      all[event.stepId] = list;
      continue;
    }
    const last = all[event.stepId]?.at(-1);
    if (last && last.finishedAt === undefined) Object.assign(last, endOf(event));
    if (isEnd(event)) endOpen(all, event.at);
  }
  return all;
}

function isEnd(event: RunEvent): boolean {
  return ['RunSucceeded', 'RunFailed', 'RunCancelled'].includes(event.type);
}

function endOpen(all: Record<string, Attempt[]>, at: number): void {
  for (const attempt of Object.values(all).flat()) {
    if (attempt.finishedAt === undefined) {
      attempt.finishedAt = at;
      attempt.outcome = 'cancelled';
    }
  }
}

function endOf(event: RunEvent): Partial<Attempt> {
  const finishedAt = event.at;
  switch (event.type) {
    case 'StepSucceeded':
      return { finishedAt, outcome: 'succeeded' };
    case 'StepFailed':
      return { finishedAt, outcome: 'failed', error: event.error };
    case 'StepRetryScheduled':
      return { finishedAt, outcome: 'retrying', error: event.error, retryAt: event.retryAt };
    case 'StepWaiting':
      return { waitedFrom: event.at };
    case 'StepResumed':
      return { finishedAt, outcome: 'went-on' };
    case 'StepLost':
      return { finishedAt, outcome: 'lost' };
    case 'StepCancelled':
      return { finishedAt, outcome: 'cancelled' };
    default:
      return {};
  }
}
