'use client';

import { call } from '@/components/data/call';
import { useMutation } from '@/components/data/mutation/mutation';
import { useFormHost } from '@/components/form/host';
import { getOperation } from '@/lib/services/contract';
import type { Operation } from '@/lib/services/schema';
import { isRecord, listIn } from '@/lib/values/unknown';

/** Operations with no more fields than this show all of them at once. */
const fewFields = 8;

type Row = { id: string; name: string; value: string };

/** Makes an operation the one that a step calls, with rows for what it takes; values of fields that it shares stay. */
export function useChooseOperation(config: Record<string, unknown>) {
  const host = useFormHost();
  return useMutation({
    mutationFn: (query: { service: string; operation: string }) => call(getOperation, { query }),
    onSuccess({ service, operation }) {
      const sameService = config.service === service.ref;
      const connection = sameService ? config.connection : (service.connection ?? undefined);
      const values = {
        service: service.ref,
        operation: operation.id,
        connection,
        parameters: rowsFor(operation, sameService ? config.parameters : []),
        body: undefined,
        allPages: undefined,
        maxItems: undefined,
      };
      if (host.setAll) host.setAll(values);
      else for (const [name, value] of Object.entries(values)) host.set([name], value);
    },
  });
}

function rowsFor({ fields }: Operation, before: unknown): Row[] {
  const kept = new Map(
    listIn(before)
      .filter(isRecord)
      .map((row) => [String(row.name), String(row.value ?? '')]),
  );
  return fields
    .filter(({ key, required }) => required || fields.length <= fewFields || kept.get(key))
    .map(({ key }) => ({
      id: `r${crypto.randomUUID().slice(0, 8)}`,
      name: key,
      value: kept.get(key) ?? '',
    }));
}
