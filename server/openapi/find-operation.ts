import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import type { getOperation as contract, Service } from '@/lib/services/contract';
import { type Operation, operationSchema } from '@/lib/services/schema';
import type { Services } from '@/server/services';
import { readyNamed, viewReady } from './ready';
import { findOperationRow, findService } from './store';
import { viewService } from './view';

export type FoundService = { service: Service; operation: Operation | undefined };

/** A service and one of its operations by the names that a step gives; undefined where there is no such service. */
export async function findOperation(
  { pool }: Pick<Services, 'pool'>,
  workspaceId: string,
  named: { service: string; operation: string },
): Promise<FoundService | undefined> {
  const ready = readyNamed(named.service);
  if (ready !== undefined) {
    const operation = ready.operations.find(({ id }) => id === named.operation);
    return { service: viewReady(ready), operation };
  }
  const row = await findService(pool, workspaceId, { name: named.service });
  if (row === undefined) return undefined;
  const found = await findOperationRow(pool, workspaceId, row.id, named.operation);
  const operation = found === undefined ? undefined : operationSchema.parse(found);
  return { service: viewService(row), operation };
}

/** The same for whoever asks over HTTP. Throws `not_found`. */
export async function getOperation(
  services: Pick<Services, 'pool'>,
  { workspaceId }: Actor,
  { query }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const found = await findOperation(services, workspaceId, query);
  if (found === undefined) {
    const message = `There is no service "${query.service}" in this workspace.`;
    throw new AppError('not_found', message, { missing: 'service' });
  }
  const { service, operation } = found;
  if (operation === undefined) {
    const message = `${service.name} has no operation "${query.operation}".`;
    throw new AppError('not_found', message, { missing: 'operation', name: service.name });
  }
  return { service, operation };
}
