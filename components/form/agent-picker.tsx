'use client';

import { useAgents } from '@/components/data/queries';
import { Select } from '@/components/ui/controls/select';
import type { ControlProps } from './control-props';
import { useFormHost } from './host';

const nobody = '-';

/** Chooses an agent of the workspace by its handle; a handle that nobody has stays visible. */
export function AgentPicker({ field, value, path, id, noteId, invalid }: ControlProps) {
  const host = useFormHost();
  const agents = useAgents();
  const chosen = typeof value === 'string' && value !== '' ? value : nobody;
  const items = agents.data?.items ?? [];
  const known = chosen === nobody || items.some((agent) => agent.handle === chosen);
  return (
    <Select
      id={id}
      aria-label={field.title}
      aria-describedby={noteId}
      aria-invalid={invalid || undefined}
      value={chosen}
      disabled={host.readOnly}
      onValueChange={(next) => host.set(path, next === nobody ? '' : next)}
      options={[
        { value: nobody, label: 'General assistant' },
        ...(known ? [] : [{ value: chosen, label: `@${chosen}`, hint: 'not in this workspace' }]),
        ...items.map((agent) => ({
          value: agent.handle,
          label: agent.name,
          hint: `@${agent.handle}`,
        })),
      ]}
    />
  );
}
