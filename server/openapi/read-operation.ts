import { type ServiceCall, StepError } from '@/lib/nodes/node-type/define-node';
import type { Services } from '@/server/services';
import { findOperation } from './find-operation';

/** What a step calls. Throws `StepError` `service_missing` or `operation_missing`, which no other attempt would change. */
export async function readOperation(
  services: Pick<Services, 'pool'>,
  workspaceId: string,
  named: { service: string; operation: string },
): Promise<ServiceCall> {
  const found = await findOperation(services, workspaceId, named);
  if (found === undefined) {
    throw new StepError(
      'service_missing',
      `There is no service "${named.service}" in this workspace. Add it in Settings, or choose another one in the step.`,
    );
  }
  const { service, operation } = found;
  if (operation === undefined) {
    throw new StepError(
      'operation_missing',
      `${service.name} has no operation "${named.operation}" any more. Choose another one in the step.`,
    );
  }
  return { title: service.name, serverUrl: service.serverUrl, operation };
}
