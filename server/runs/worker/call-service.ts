import { type ServiceCalls, type ServiceName, StepError } from '@/lib/nodes/node-type/define-node';
import { openServer } from '@/server/connections/open-connection';
import { callTable } from '@/server/data-tables/call-table';
import { sendMail } from '@/server/mail/send-mail';
import { callMemory } from '@/server/memory/call-memory';
import { callMessages } from '@/server/messages/call-messages';
import type { Services } from '@/server/services';
import { askDatabase } from '@/server/sql/ask-database';
import type { AttemptRecord } from './context';
import { workflowOf } from './requests/send-request';
import type { Task } from './task';

type Needs = Pick<Services, 'pool' | 'bus' | 'vault' | 'egress'>;
/** `key`: the same for every attempt of the step. */
type Asked = { services: Needs; task: Task; record: AttemptRecord; key: string };
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
  async sql(request, { services, task, record }) {
    const place = await placeOf(services, task, request.connection);
    const server = await openServer(services, place, ['postgres', 'mysql']);
    record.redact = server.redact;
    return askDatabase(services.egress, server, request, task.signal);
  },
  table(request, { services, task: { workspaceId, state }, key }) {
    if (state.mode === 'rehearsal' && request.do !== 'find') {
      throw new StepError('rehearsal', 'A rehearsal does not change tables.');
    }
    return callTable(services, { workspaceId, key }, request);
  },
  memory(request, { services, task: { workspaceId, runId, step, state }, key }) {
    if (state.mode === 'rehearsal' && !['get', 'list', 'search'].includes(request.do)) {
      throw new StepError('rehearsal', 'A rehearsal does not change memory.');
    }
    const author = { kind: 'run' as const, runId, stepId: step.id, name: step.name };
    return callMemory(services, { workspaceId, author, key }, request);
  },
  message(request, { services, task: { workspaceId, runId, step, state }, key }) {
    if (state.mode === 'rehearsal') {
      throw new StepError('rehearsal', 'A rehearsal neither sends nor takes messages.');
    }
    const sender = { kind: 'run' as const, runId, stepId: step.id, name: step.name };
    return callMessages(services, { workspaceId, sender, key }, request);
  },
};

/** Does what a step asks of a service. A secret is opened for this call alone and taken out of what is kept of it. */
export function callService<Name extends ServiceName>(
  services: Needs,
  task: Task,
  record: AttemptRecord,
  { name, request, key }: { name: Name; request: ServiceCalls[Name]['request']; key: string },
): Promise<ServiceCalls[Name]['answer']> {
  return handlers[name](request, { services, task, record, key });
}

/** Where a step stands that names a connection. Throws `StepError` `connection_forbidden` in a rehearsal. */
async function placeOf(services: Needs, { workspaceId, runId, state }: Task, name: string) {
  if (state.mode === 'rehearsal') {
    throw new StepError('connection_forbidden', 'A rehearsal does not use connections.');
  }
  return { workspaceId, workflowId: await workflowOf(services, workspaceId, runId), name };
}
