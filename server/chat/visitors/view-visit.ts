import type { VisitorMessage } from '@/lib/chat/visitors/contract';
import type { RunStatus } from '@/lib/runs/schema';
import type { MessageRow, TurnRun } from '../store';

/** A message as a visitor sees it: of a run nothing but its answer. */
export function viewMessage(row: MessageRow, runs: ReadonlyMap<string, TurnRun>): VisitorMessage {
  const run = row.runId === null ? undefined : runs.get(row.runId);
  if (row.role !== 'assistant' || run === undefined) {
    const by = row.role === 'assistant' ? 'chat' : 'visitor';
    return { id: row.id, by, text: row.text, state: 'done', reference: '' };
  }
  const state = states[run.status];
  return {
    id: row.id,
    by: 'chat',
    // What a failed run had written may be no answer.
    text: state === 'done' ? run.text : '',
    state,
    reference: run.id.slice(0, 8),
  };
}

const states: Record<RunStatus, VisitorMessage['state']> = {
  queued: 'writing',
  running: 'writing',
  paused: 'writing',
  waiting: 'waiting',
  succeeded: 'done',
  cancelled: 'stopped',
  failed: 'failed',
};
