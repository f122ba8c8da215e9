'use client';

import { useTables } from '@/components/data/table-queries';
import { Select } from '@/components/ui/controls/select';
import { plural } from '@/components/ui/format';
import type { ControlProps } from './control-props';
import { useFormHost } from './host';

/** Chooses a table of the workspace by its name; a name that none has stays visible. */
export function TablePicker({ field, value, path, id, noteId, invalid }: ControlProps) {
  const host = useFormHost();
  const tables = useTables();
  const items = tables.data?.items ?? [];
  const chosen = typeof value === 'string' && value !== '' ? value : undefined;
  const known = chosen === undefined || items.some(({ name }) => name === chosen);
  const lost = tables.data === undefined ? undefined : 'not in this workspace';
  return (
    <Select
      id={id}
      aria-label={field.title}
      aria-describedby={noteId}
      aria-invalid={invalid || undefined}
      value={chosen}
      placeholder={
        tables.data && items.length === 0
          ? 'No tables yet: make one under Tables'
          : 'Choose a table…'
      }
      disabled={host.readOnly}
      onValueChange={(next) => host.set(path, next)}
      options={[
        ...(known || chosen === undefined ? [] : [{ value: chosen, label: chosen, hint: lost }]),
        ...items.map(({ name, rowCount }) => ({
          value: name,
          label: name,
          hint: plural(rowCount, 'row'),
        })),
      ]}
    />
  );
}
