'use client';

import { useMemo } from 'react';
import { useOperation } from '@/components/data/service-queries';
import { ConnectionPreset } from '@/components/form/connection-picker';
import { Form } from '@/components/form/form';
import { FormField } from '@/components/form/form-field';
import type { Field } from '@/lib/nodes/node-type/form-fields';
import { presetOf } from './connection-preset';
import { OperationFacts } from './operation-facts';
import { OperationField } from './operation-field';
import { Parameters } from './parameters';

type Props = { fields: readonly Field[]; config: Record<string, unknown> };

const own: readonly string[] = ['service', 'operation', 'connection', 'parameters'];
const paging: readonly string[] = ['allPages', 'maxItems'];

/** The settings of a step that calls a service: what it calls, as whom, and a form of what that takes. */
export function ServiceSettings({ fields, config }: Props) {
  const named = {
    service: String(config.service ?? ''),
    operation: String(config.operation ?? ''),
  };
  const { data, isPending, error } = useOperation(named);
  const chosen = named.service !== '' && named.operation !== '';
  const connection = fields.find(({ name }) => name === 'connection');
  const preset = useMemo(() => (data ? presetOf(data.service) : undefined), [data]);
  const rest = fields.filter(({ name }) => {
    if (own.includes(name)) return false;
    if (paging.includes(name))
      return data?.operation.pages !== undefined || config[name] !== undefined;
    return name !== 'body' || data?.operation.body?.kind === 'json' || Boolean(config.body);
  });
  return (
    <div className="flex flex-col gap-4">
      <OperationField config={config} found={data} />
      {data ? <OperationFacts {...data} /> : null}
      {connection && chosen ? (
        <ConnectionPreset.Provider value={preset}>
          <FormField
            field={connection}
            value={config.connection}
            path={['connection']}
            indexed={['connection']}
            Nested={Form}
          />
        </ConnectionPreset.Provider>
      ) : null}
      {chosen && isPending ? (
        <p role="status" className="text-xs text-faint">
          Loading the parameters…
        </p>
      ) : null}
      {error && !data ? (
        <p role="alert" className="text-xs text-danger">
          {error.message} What was entered is kept.
        </p>
      ) : null}
      <Parameters operation={data?.operation} rows={config.parameters} />
      {chosen ? <Form fields={rest} value={config} /> : null}
    </div>
  );
}
