import { type HttpAnswer, type HttpRequest, StepError } from '@/lib/nodes/node-type/define-node';
import { openConnection } from '@/server/connections/open-connection';
import type { Redactor } from '@/server/connections/redact';
import type { Services } from '@/server/services';
import type { AttemptRecord } from '../context';
import type { Task } from '../task';
import { userOf } from './user-of';

type Needs = Pick<Services, 'pool' | 'bus' | 'vault' | 'egress'>;

/**
 * Sends a step's request. The secret of its connection is opened for this request alone, put on where it leaves, and
 * taken out of what comes back.
 */
export async function sendRequest(
  services: Needs,
  { workspaceId, runId, state, signal }: Task,
  record: AttemptRecord,
  { connection, ...request }: HttpRequest,
): Promise<HttpAnswer> {
  if (connection === undefined) return services.egress.request({ ...request, signal });
  if (state.mode === 'rehearsal') {
    const message = 'A rehearsal does not use connections.';
    throw new StepError('connection_forbidden', message);
  }
  const place = { ...(await userOf(services, workspaceId, runId)), workspaceId, name: connection };
  const send = async () => {
    const { authorise, redact, renew } = await openConnection(services, place);
    record.redact = redact;
    const { bytes, ...rest } = await services.egress.request({ ...request, signal, authorise });
    const kept = bytes === undefined ? {} : { bytes: redacted(redact, bytes) };
    return { answer: { ...redact.value(rest), ...kept }, renew };
  };
  const { answer, renew } = await send();
  if (answer.status !== 401 || renew === undefined) return answer;
  // Whoever answers so has done nothing: the same request goes once more, with a newer token.
  await renew();
  return (await send()).answer;
}

/** A file that repeats the secret is kept without it. */
function redacted(redact: Redactor, bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1');
  const left = redact.text(text);
  return left === text ? bytes : Buffer.from(left, 'latin1');
}
