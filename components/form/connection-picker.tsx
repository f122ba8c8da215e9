'use client';

import { createContext, useContext, useState } from 'react';
import { ConnectionDialog } from '@/components/connections/connection-dialog';
import type { ConnectionDraft } from '@/components/connections/connection-draft';
import { useConnections } from '@/components/data/connection-queries';
import { useCan } from '@/components/shell/actor-context';
import { Select } from '@/components/ui/controls/select';
import { hostsOf } from '@/lib/connections/schema';
import type { ControlProps } from './control-props';
import { useFormHost } from './host';

const none = '-';
const added = '+';

/** What a connection that is added here begins with. */
export const ConnectionPreset = createContext<Partial<ConnectionDraft> | undefined>(undefined);

/** Chooses a connection of the workspace by its name, or adds one; a name that none has stays visible. */
export function ConnectionPicker({ field, value, path, id, noteId, invalid }: ControlProps) {
  const host = useFormHost();
  const canAdd = useCan('connections.manage');
  const preset = useContext(ConnectionPreset);
  const [adding, setAdding] = useState(false);
  const connections = useConnections(useCan('connections.read'));
  const chosen = typeof value === 'string' && value !== '' ? value : none;
  const { kinds } = field.control.kind === 'connection' ? field.control : {};
  const all = connections.data?.items ?? [];
  const items = all.filter(({ kind }) => kinds === undefined || kinds.includes(kind));
  const known = chosen === none || items.some(({ name }) => name === chosen);
  const ofOther = all.some(({ name }) => name === chosen);
  const lost =
    connections.data === undefined
      ? undefined
      : ofOther
        ? 'of another kind'
        : 'not in this workspace';
  const optional = !field.required;
  const choose = (next: string) => {
    if (next === added) setAdding(true);
    else host.set(path, next === none ? undefined : next);
  };
  return (
    <>
      <Select
        id={id}
        aria-label={field.title}
        aria-describedby={noteId}
        aria-invalid={invalid || undefined}
        value={chosen === none && !optional ? undefined : chosen}
        placeholder="Choose a connection…"
        disabled={host.readOnly}
        onValueChange={choose}
        options={[
          ...(optional ? [{ value: none, label: 'None' }] : []),
          ...(known ? [] : [{ value: chosen, label: chosen, hint: lost }]),
          ...items.map((item) => ({
            value: item.name,
            label: item.name,
            hint: hostsOf(item).join(', '),
          })),
          ...(canAdd ? [{ value: added, label: 'Add a connection…' }] : []),
        ]}
      />
      {adding ? (
        <ConnectionDialog
          kinds={kinds}
          preset={preset}
          onSaved={({ name }) => host.set(path, name)}
          onClose={() => setAdding(false)}
        />
      ) : null}
    </>
  );
}
