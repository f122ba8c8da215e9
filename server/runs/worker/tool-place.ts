import type { NodeContext } from '@/lib/nodes/node-type/define-node';
import { effectKey } from '@/lib/runs/engine/plan-parts';
import { stepTaint } from '@/lib/tools/step-taint';
import { at, listIn } from '@/lib/values/unknown';
import { findTeam } from '@/server/agents/find-team';
import { searchFiles } from '@/server/files/search-files';
import { readOutcomes, storedRound } from '@/server/runs/journal/child-rows';
import type { Services } from '@/server/services';
import { findAmong } from '@/server/tools/catalogue/find-among';
import { delegationOf } from '@/server/tools/lineage/delegation';
import type { CallerPlace, CallRecord } from '@/server/tools/place';
import { readWhole } from '@/server/tools/results/read-whole';
import { callService } from './call-service';
import type { AttemptRecord } from './context';
import { sendRequest } from './requests/send-request';
import type { Task } from './task';

type Needs = Pick<
  Services,
  | 'pool'
  | 'bus'
  | 'egress'
  | 'vault'
  | 'engine'
  | 'log'
  | 'documents'
  | 'drafts'
  | 'computation'
  | 'embedder'
>;
type Around = { context: NodeContext; record: AttemptRecord; failures: number | undefined };

/** What the broker may do for an attempt: all of a step's context, but under the key and within the time of one call. */
export function callerPlace(
  services: Needs,
  task: Task,
  { context, record, failures }: Around,
): CallerPlace {
  const { workspaceId, runId, step, attempt, state } = task;
  const { pool } = services;
  const place = { runId, stepId: step.id };
  return {
    ...{ workspaceId, ...place, attempt, mode: state.mode, signal: task.signal },
    effectKey: effectKey(runId, state, step.id),
    taint: stepTaint(state, step.id),
    storedRound: (round) => storedRound(round, failures),
    outcomes: (stored) => readOutcomes(pool, runId, step.id, stored),
    hydrate: context.hydrate,
    madeUp: async () => (await context.madeUp?.()) ?? [],
    notify: context.notify,
    toolContext({ key, connection, agent, tools, signal }, call) {
      const own: AttemptRecord = { calls: [] };
      const keep = <T>(answer: T): T => {
        keepRedactor(own, call, record);
        return answer;
      };
      return {
        ...context,
        ...{ connection, signal, calledBy: agent, idempotencyKey: key },
        render: async (text) => text,
        note: () => undefined,
        async http(request) {
          try {
            const answer = await sendRequest(services, { ...task, signal }, own, request);
            call.status = answer.status;
            return answer;
          } finally {
            keep(undefined);
          }
        },
        async service(name, request) {
          const asked = { name, request, key, ...(agent === undefined ? {} : { agent }) };
          try {
            const answer = await callService(services, { ...task, signal }, own, asked);
            if (cameFromOutside(answer)) call.outside = true;
            return answer;
          } finally {
            if (own.answered) call.status = 200;
            keep(undefined);
          }
        },
        searchFiles: (words, limit) => searchFiles(pool, workspaceId, words, limit),
        findAgents: (words, limit) => findTeam(services, workspaceId, words, limit),
        findTools: (words, limit) => findAmong(services, runId, tools, { words, limit }),
        async wholeResult(ref) {
          const found = await readWhole(pool, place, ref);
          if (found?.outside) call.outside = true;
          return found?.whole;
        },
        delegation: () => delegationOf(pool, place),
      };
    },
  };
}

/** Whether something that was read from memory or a table was written by a step that had read content from outside. */
const cameFromOutside = (answer: unknown): boolean =>
  at(answer, 'outside') === true ||
  listIn(at(answer, 'entries')).some((entry) => at(at(entry, 'author'), 'outside') === true);

/** Secrets of all calls are taken out of what is kept of the attempt, not those of the last one alone. */
function keepRedactor(own: AttemptRecord, call: CallRecord, record: AttemptRecord): void {
  const { redact } = own;
  if (redact === undefined || call.redact === redact) return;
  call.redact = redact;
  const before = record.redact;
  record.redact =
    before === undefined
      ? redact
      : {
          ...redact,
          text: (text) => redact.text(before.text(text)),
          value: (value) => redact.value(before.value(value)),
        };
}
