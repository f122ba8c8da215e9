import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import { sampleMail } from '@/lib/mail/received';
import type { InputField } from '@/lib/nodes/forms/run-input';
import type { Actor } from '@/lib/people/schema';
import type { testTrigger as contract } from '@/lib/triggers/contract';
import { hookInput, openHeaders } from '@/lib/triggers/hook-input';
import { mailInput } from '@/lib/triggers/mail/mail-input';
import { isRecord } from '@/lib/values/unknown';
import { insertAudit } from '@/server/people/insert-audit';
import { startTriggered } from '@/server/runs/starting/start-triggered';
import { startTriggeredDraft } from '@/server/runs/starting/start-triggered-draft';
import type { Services } from '@/server/services';
import { messageInput } from './message-input';
import type { TriggerRow } from './store';
import { requireTrigger } from './view';

type Given = InputOf<typeof contract>['body'];

/**
 * Starts a run now as the trigger would, in the actor's name: of the live version, or of the draft as it is now. Throws
 * `not_found`, and as `startTriggered` and `startTriggeredDraft`.
 */
export async function testTrigger(
  services: Services,
  actor: Actor,
  { params, body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const row = await requireTrigger(services, actor, params.id);
  const given = {
    workspaceId: row.workspaceId,
    workflowId: row.workflowId,
    trigger: row.kind,
    startedBy: actor.userId,
    input: (names: readonly string[], fields: readonly InputField[]) =>
      inputOf(row, body, names, fields),
  };
  const { id, status } =
    body.version === 'draft'
      ? await startTriggeredDraft(services, actor, given, body.stateVector)
      : await startTriggered(services, given);
  const detail = { workflowId: row.workflowId, runId: id, version: body.version };
  await insertAudit(
    services.pool,
    actor,
    'trigger.tested',
    { type: 'trigger', id: row.id },
    detail,
  );
  return { id, status };
}

function inputOf(
  row: TriggerRow,
  { body, query = {}, headers = {} }: Given,
  names: readonly string[],
  fields: readonly InputField[],
): Record<string, unknown> {
  switch (row.kind) {
    case 'schedule':
      return row.config.input;
    case 'webhook': {
      const [method = 'POST'] = row.config.methods;
      const open = openHeaders(Object.entries(headers), row.config.auth);
      const request = { method, query, headers: open, body: body ?? {}, files: [] };
      return hookInput(names, request, row.config.gives);
    }
    case 'chat':
      if (body !== undefined && typeof body !== 'string') {
        throw new AppError('invalid_input', 'body: a chat’s message is a text.');
      }
      return messageInput(row.config, fields, body ?? 'A test.');
    case 'mail': {
      const filler = mailInput(fields);
      if ('problem' in filler) throw new AppError('conflict', filler.problem);
      return filler.fill(sampleMail);
    }
    case 'form':
      if (body !== undefined && !isRecord(body)) {
        throw new AppError('invalid_input', 'body: a form’s answers are an object.');
      }
      return body ?? {};
  }
}
