import { isAppError } from '@/lib/api/errors';
import { mailInput } from '@/lib/triggers/mail/mail-input';
import { type LiveVersion, readLive } from '@/server/runs/starting/start-triggered';
import type { Services } from '@/server/services';
import type { TriggerRow } from './store';

type Subject = Pick<
  TriggerRow,
  'kind' | 'config' | 'workspaceId' | 'workflowId' | 'hasSecret' | 'mailProblem'
>;

/**
 * Why triggers of one workflow cannot start a run as things stand, for each of them; empty where they can. Said when a
 * trigger is saved and when it is listed, so that nobody waits for a time that comes and does nothing.
 */
export async function problemsOf(
  services: Pick<Services, 'pool' | 'engine'>,
  triggers: readonly Subject[],
): Promise<string[][]> {
  const [first] = triggers;
  if (first === undefined) return [];
  const live = await readLive(services, first).catch((error: unknown) => {
    if (isAppError(error)) return undefined;
    throw error;
  });
  return triggers.map((trigger) => [
    ...(trigger.kind === 'webhook' && !trigger.hasSecret ? [withoutSecret] : []),
    ...(trigger.mailProblem ? [trigger.mailProblem] : []),
    ...(live ? inputProblems(live, trigger) : [unpublished]),
  ]);
}

const unpublished =
  'The workflow is not published. Triggers start the published version: publish it first.';

const withoutSecret =
  'No secret was entered yet. Enter the signing secret that the sender shows: until then all requests are refused.';

const withoutFields =
  'The published version has no inputs, so the form has no fields. Add inputs to the Start step and publish.';

function inputProblems(live: LiveVersion, { kind, config }: Subject): string[] {
  if (kind === 'form' && live.fields.length === 0) return [withoutFields];
  if (kind === 'mail') {
    const filler = mailInput(live.fields);
    return 'problem' in filler ? [filler.problem] : [];
  }
  if (!('cron' in config)) return [];
  try {
    live.checked(config.input);
    return [];
  } catch (error) {
    if (!isAppError(error)) throw error;
    return [`The published version cannot start with this input: ${error.message}`];
  }
}
