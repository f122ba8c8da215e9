'use client';

import { useConnections } from '@/components/data/connection-queries';
import { useCan } from '@/components/shell/actor-context';
import { Select } from '@/components/ui/controls/select';
import type { ControlProps } from './control-props';
import { useFormHost } from './host';

const none = '-';

/** Chooses a connection of the workspace by its name; a name that none has stays visible. */
export function ConnectionPicker({ field, value, path, id, noteId, invalid }: ControlProps) {
  const host = useFormHost();
  const connections = useConnections(useCan('connections.read'));
  const chosen = typeof value === 'string' && value !== '' ? value : none;
  const items = connections.data?.items ?? [];
  const known = chosen === none || items.some(({ name }) => name === chosen);
  const lost = connections.data === undefined ? undefined : 'not in this workspace';
  return (
    <Select
      id={id}
      aria-label={field.title}
      aria-describedby={noteId}
      aria-invalid={invalid || undefined}
      value={chosen}
      disabled={host.readOnly}
      onValueChange={(next) => host.set(path, next === none ? undefined : next)}
      options={[
        { value: none, label: 'None' },
        ...(known ? [] : [{ value: chosen, label: chosen, hint: lost }]),
        ...items.map(({ name, config }) => ({
          value: name,
          label: name,
          hint: config.hosts.join(', '),
        })),
      ]}
    />
  );
}
