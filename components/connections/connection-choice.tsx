'use client';

import { useState } from 'react';
import { useConnections } from '@/components/data/connection-queries';
import { useCan } from '@/components/shell/actor-context';
import { Select } from '@/components/ui/controls/select';
import { type ConnectionKind, hostsOf } from '@/lib/connections/schema';
import { ConnectionDialog } from './connection-dialog';

type Props = {
  kinds: readonly ConnectionKind[];
  value: string;
  disabled: boolean;
  onChange: (name: string) => void;
  'aria-label'?: string;
};

const added = '+';

/** Chooses a connection by its name outside of steps, or adds one; a name that none has stays visible. */
export function ConnectionChoice({ kinds, value, disabled, onChange, ...rest }: Props) {
  const canAdd = useCan('connections.manage');
  const [adding, setAdding] = useState(false);
  const { data } = useConnections(useCan('connections.read'));
  const items = data?.items.filter(({ kind }) => kinds.includes(kind)) ?? [];
  const known = value === '' || items.some(({ name }) => name === value);
  return (
    <>
      <Select
        {...rest}
        value={value === '' ? undefined : value}
        placeholder="Choose a connection…"
        disabled={disabled}
        onValueChange={(next) => (next === added ? setAdding(true) : onChange(next))}
        options={[
          ...(known ? [] : [{ value, label: value, hint: data && 'not in this workspace' }]),
          ...items.map((item) => ({
            ...{ value: item.name, label: item.name, hint: hostsOf(item).join(', ') },
          })),
          ...(canAdd ? [{ value: added, label: 'Add a connection…' }] : []),
        ]}
      />
      {adding ? (
        <ConnectionDialog
          kinds={kinds}
          onSaved={({ name }) => onChange(name)}
          onClose={() => setAdding(false)}
        />
      ) : null}
    </>
  );
}
