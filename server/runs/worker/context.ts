import type { Trial } from '@/lib/experiments/schema';
import type { NodeContext, Scope } from '@/lib/nodes/node-type/define-node';
import { type Each, scopeFunctions } from '@/lib/nodes/node-type/scope-functions';
import { effectKey } from '@/lib/runs/engine/plan-parts';
import type { Call, Debug } from '@/lib/runs/schema';
import { findCandidates } from '@/server/agents/assignment/find-candidates';
import { elsewhereFor } from '@/server/computation/elsewhere';
import type { Redactor } from '@/server/connections/redact';
import { trialsOf } from '@/server/experiments/in-step';
import { readFile } from '@/server/files/read-file';
import { withPictures } from '@/server/files/with-pictures';
import { notifyAsked } from '@/server/notifications/notify-asked';
import { readOperation } from '@/server/openapi/read-operation';
import { readOutcomes, storedRound } from '@/server/runs/journal/child-rows';
import { arrivedAt } from '@/server/runs/scope/arrived';
import { hydrateScope } from '@/server/runs/scope/hydrate-scope';
import { madeUpBefore } from '@/server/runs/scope/made-up';
import { scopeOf } from '@/server/runs/scope/scope';
import type { Services } from '@/server/services';
import { callTool } from '@/server/tools/broker';
import { taskPorts } from '@/server/tools/task-ports';
import { toldOf } from './budget-wait';
import { callService } from './call-service';
import { saveFile } from './requests/save-file';
import { sendRequest } from './requests/send-request';
import { readAgent, readWorkspaceFile } from './resources';
import { revocable } from './revocation';
import type { Task } from './task';
import { callerPlace } from './tool-place';

/** What is worth keeping of an attempt beside its output. */
export type AttemptRecord = {
  input?: Record<string, string>;
  reason?: string;
  calls: Call[];
  /** A model has streamed something. */
  wrote?: boolean;
  /** A server has answered a call: what is said of it is content from outside. */
  answered?: true;
  /** Takes the secrets that the attempt used out of all that is kept of it. */
  redact?: Redactor;
};

type Needs = Pick<
  Services,
  | 'pool'
  | 'bus'
  | 'models'
  | 'egress'
  | 'engine'
  | 'computation'
  | 'embedder'
  | 'vault'
  | 'log'
  | 'code'
  | 'config'
  | 'documents'
  | 'drafts'
>;

const maxInputCharacters = 20_000;

/** Everything that a node may wait for, bound to one attempt and lost with it; `record` fills while the node works. */
export async function buildContext(
  services: Needs,
  task: Task,
  { outer, debug, trial }: { outer?: Scope; debug?: Debug; trial?: Trial } = {},
): Promise<{ context: NodeContext; record: AttemptRecord; each: Each }> {
  const { runId, workspaceId, state, step, signal } = task;
  const current = state.steps[step.id];
  const told = toldOf(current?.resumed);
  const record: AttemptRecord = { calls: task.calls };
  const hydrate = services.engine.blobs.reader(task.parentLink?.rootId ?? runId);
  const seen = scopeOf(runId, state, step.id, outer);
  const { scope, evaluate, evaluateAll, render, table, each } = scopeFunctions(
    await hydrateScope(hydrate, { step, ...(debug ? { debug } : {}) }, seen),
    elsewhereFor(services.computation, workspaceId),
  );
  const fields = fieldsOf(step.config);
  const filled = (template: string, text: string) => {
    const field = fields.get(template);
    if (field === undefined) return;
    record.input = { ...record.input, [field]: text.slice(0, maxInputCharacters) };
  };
  const trials = trialsOf(services, task, trial);
  const context: NodeContext = {
    scope,
    evaluate,
    evaluateAll,
    table,
    async render(template) {
      const text = await render(template);
      filled(template, text);
      return text;
    },
    filled,
    model: async ({ agentId, ...request }) =>
      services.models.call({
        ...request,
        messages: await withPictures(services.pool, workspaceId, request.messages),
        workspaceId,
        place: {
          ...{ runId, stepId: step.id, nodeId: step.nodeId, attempt: task.attempt },
          timeoutMs: step.timeoutMs,
          ...(agentId === undefined ? {} : { agentId }),
        },
        cheaper: told.cheaper,
        trial: trials.of(agentId),
        mode: state.mode,
        signal,
        onDelta: betweenAnswers(task.onDelta, record),
        onSpent: (call) => record.calls.push(call),
      }),
    ...taskPorts(services, task),
    callTool: (call) => callTool({ ...services, now: services.engine.clock.now }, place(), call),
    agent: async (handle) => {
      const live = state.mode === 'live';
      const found = await readAgent(services.pool, { workspaceId, live }, handle);
      return found && trials.agent(found);
    },
    team: (asked) => {
      const failures = current?.failures;
      const round = asked.round === undefined ? undefined : storedRound(asked.round, failures);
      return findCandidates(services, { ...task, mode: state.mode }, { ...asked, round });
    },
    file: (reference) => readWorkspaceFile(services.pool, workspaceId, reference),
    saveFile: (file, key) => saveFile(services, task, file, key),
    read: (file, settings) => readFile(services, file, settings, workspaceId, signal),
    feed: (bytes) => services.computation.run('feed', bytes, workspaceId),
    page: (job) => services.computation.run('page', job, workspaceId),
    code: (job) => services.code.run(job, workspaceId, signal),
    http: (request) => sendRequest(services, task, record, request),
    service: (name, request) =>
      callService(services, task, record, { name, request, key: effectKey(runId, state, step.id) }),
    operation: (named) => readOperation(services, workspaceId, named),
    madeUp: () => madeUpBefore(services, task, step.id),
    now: () => services.engine.clock.now(),
    note(reason) {
      record.reason = reason;
    },
    memo: await hydrate(current?.memo),
    resumed: told.resumed,
    arrived: arrivedAt(state, step),
    hydrate,
    notify: (asked) =>
      notifyAsked(services, { runId, stepId: step.id, attempt: task.attempt, ...asked }),
    children: (round, how) =>
      readOutcomes(services.pool, runId, step.id, storedRound(round, current?.failures), how),
    idempotencyKey: effectKey(runId, state, step.id),
    signal,
  };
  const place = () => callerPlace(services, task, { context, record, failures: current?.failures });
  return { context: revocable(context, signal), record, each };
}

/** Where in the config each text stands, so that people see what a template became under its field's name. */
function fieldsOf(config: unknown, path = ''): Map<string, string> {
  if (typeof config === 'string') return new Map([[config, path]]);
  if (typeof config !== 'object' || config === null) return new Map();
  return new Map(
    Object.entries(config).flatMap(([key, value]) => [
      ...fieldsOf(value, path === '' ? key : `${path}.${key}`),
    ]),
  );
}

/** What is streamed by a further model call of an attempt begins a paragraph of its own. */
function betweenAnswers(onDelta: Task['onDelta'], record: AttemptRecord): Task['onDelta'] {
  let isFirst = record.wrote === true;
  return (text) => {
    onDelta(isFirst ? `\n\n${text}` : text);
    isFirst = false;
    record.wrote = true;
  };
}
