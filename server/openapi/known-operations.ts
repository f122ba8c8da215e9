import { type KnownOperation, namedOperations } from '@/lib/workflows/problems/service-problems';
import type { Definition } from '@/lib/workflows/schema';
import type { Services } from '@/server/services';
import { findOperation } from './find-operation';

/** What the check of a workflow needs to know of the operations that its steps call. */
export function knownOperations(
  services: Pick<Services, 'pool'>,
  workspaceId: string,
  definition: Definition,
): Promise<KnownOperation[]> {
  return Promise.all(
    namedOperations(definition).map(async (named): Promise<KnownOperation> => {
      const found = await findOperation(services, workspaceId, named);
      if (found === undefined) return { ...named, found: undefined };
      const { name, serverUrl, auth } = found.service;
      const asksWho = auth.some(({ kind }) => kind !== 'none');
      return { ...named, found: { name, serverUrl, asksWho, operation: found.operation } };
    }),
  );
}
