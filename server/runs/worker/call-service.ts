import { type ServiceCalls, type ServiceName, StepError } from '@/lib/nodes/node-type/define-node';
import { stepTaint } from '@/lib/tools/step-taint';
import { callCanvas } from '@/server/canvas-turns/call-canvas';
import { openServer } from '@/server/connections/open-connection';
import { callTable } from '@/server/data-tables/call-table';
import { callMailbox } from '@/server/mail/imap/call-mailbox';
import { sendMail } from '@/server/mail/send-mail';
import { callMcp } from '@/server/mcp/call-mcp';
import { callMemory } from '@/server/memory/call-memory';
import { callMessages } from '@/server/messages/call-messages';
import type { Services } from '@/server/services';
import { askDatabase } from '@/server/sql/ask-database';
import { taintFor } from '@/server/tools/lineage/taint';
import type { AttemptRecord } from './context';
import { userOf } from './requests/user-of';
import type { Task } from './task';

type Needs = Pick<
  Services,
  | 'pool'
  | 'bus'
  | 'vault'
  | 'egress'
  | 'engine'
  | 'log'
  | 'documents'
  | 'drafts'
  | 'computation'
  | 'embedder'
>;
/** `key`: the same for every attempt of the step, or of the call that an agent makes. */
type Asked = {
  services: Needs;
  task: Task;
  record: AttemptRecord;
  key: string;
  agent?: string | undefined;
};
type Handlers = {
  [Name in ServiceName]: (
    request: ServiceCalls[Name]['request'],
    asked: Asked,
  ) => Promise<ServiceCalls[Name]['answer']>;
};

const handlers: Handlers = {
  async mail(request, { services, task, record, key }) {
    const place = await placeOf(services, task, request.connection);
    const server = await openServer(services, place, ['smtp']);
    record.redact = server.redact;
    return sendMail(services.egress, server, request, { key, signal: task.signal });
  },
  async mailbox(request, { services, task, record }) {
    const place = await placeOf(services, task, request.connection);
    const server = await openServer(services, place, ['imap']);
    record.redact = server.redact;
    const { workspaceId, signal } = task;
    return callMailbox(services, server, request, { workspaceId, signal });
  },
  async sql(request, { services, task, record }) {
    const place = await placeOf(services, task, request.connection);
    const server = await openServer(services, place, ['postgres', 'mysql']);
    record.redact = server.redact;
    return askDatabase(services.egress, server, request, task.signal);
  },
  async table(request, { services, task, key }) {
    const { workspaceId, state } = task;
    if (state.mode === 'rehearsal' && request.do !== 'find') {
      throw new StepError('rehearsal', 'A rehearsal does not change tables.');
    }
    const { outside } = request.do === 'find' ? untainted : await seenBy(services, task);
    return callTable(services, { workspaceId, key, outside }, request);
  },
  async memory(request, asked) {
    const { services, task, key } = asked;
    const { workspaceId, state } = task;
    if (state.mode === 'rehearsal' && !['get', 'list', 'search'].includes(request.do)) {
      throw new StepError('rehearsal', 'A rehearsal does not change memory.');
    }
    const by = byOf(asked);
    const { outside } = request.do === 'put' ? await seenBy(services, task) : untainted;
    const author = { ...by, ...(outside ? { outside: true as const } : {}) };
    return callMemory(services, { workspaceId, author, key }, request);
  },
  async message(request, asked) {
    const { services, task, key } = asked;
    const { workspaceId, state } = task;
    if (state.mode === 'rehearsal') {
      throw new StepError('rehearsal', 'A rehearsal neither sends nor takes messages.');
    }
    const seen = await seenBy(services, task);
    const sender = {
      ...byOf(asked),
      ...(seen.outside ? { outside: true as const } : {}),
      ...(seen.private ? { private: true as const } : {}),
    };
    return callMessages(services, { workspaceId, sender, key }, request);
  },
  async mcp(request, { services, task: { workspaceId, runId, state, signal }, record }) {
    if (state.mode === 'rehearsal') {
      throw new StepError('rehearsal', 'A rehearsal does not call MCP servers.');
    }
    const user = await userOf(services, workspaceId, runId);
    return callMcp(services, { ...user, workspaceId, signal, record }, request);
  },
  canvas(request, { services, task, key }) {
    const { workspaceId, runId, step, attempt, state, signal, parentLink } = task;
    const inside = parentLink !== undefined;
    const place = { workspaceId, runId, stepId: step.id, attempt, inside, signal, key };
    return callCanvas(services, { ...place, input: state.input }, request);
  },
};

/** Does what a step asks of a service. A secret is opened for this call alone and taken out of what is kept of it. */
export function callService<Name extends ServiceName>(
  services: Needs,
  task: Task,
  record: AttemptRecord,
  {
    name,
    request,
    ...rest
  }: { name: Name; request: ServiceCalls[Name]['request'] } & Pick<Asked, 'key' | 'agent'>,
): Promise<ServiceCalls[Name]['answer']> {
  return handlers[name](request, { services, task, record, ...rest });
}

/** The step as whoever writes or sends, and the agent within it. */
const byOf = ({ task: { runId, step }, agent }: Asked) => ({
  ...{ kind: 'run' as const, runId, stepId: step.id, name: step.name },
  ...(agent === undefined ? {} : { agent }),
});

const untainted = { outside: false };

/** What a step has read by now, which all that it writes and sends may carry on. */
const seenBy = ({ pool }: Needs, { runId, state, step }: Task) =>
  taintFor(pool, { runId, stepId: step.id, taint: stepTaint(state, step.id) });

/** Where a step stands that names a connection. Throws `StepError` `connection_forbidden` in a rehearsal. */
async function placeOf(services: Needs, { workspaceId, runId, state }: Task, name: string) {
  if (state.mode === 'rehearsal') {
    throw new StepError('connection_forbidden', 'A rehearsal does not use connections.');
  }
  return { ...(await userOf(services, workspaceId, runId)), workspaceId, name };
}
