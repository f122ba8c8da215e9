'use client';

import { useState } from 'react';
import { useTables } from '@/components/data/table-queries';
import { useCan } from '@/components/shell/actor-context';
import { TableDialog } from '@/components/tables/table-dialog';
import { Select } from '@/components/ui/controls/select';
import { plural } from '@/components/ui/format';
import type { ControlProps } from './control-props';
import { useFormHost } from './host';

const added = '+';

/** Chooses a table of the workspace by its name, or makes one; a name that none has stays visible. */
export function TablePicker({ field, value, path, id, noteId, invalid }: ControlProps) {
  const host = useFormHost();
  const canAdd = useCan('tables.write');
  const [adding, setAdding] = useState(false);
  const tables = useTables();
  const items = tables.data?.items ?? [];
  const chosen = typeof value === 'string' && value !== '' ? value : undefined;
  const known = chosen === undefined || items.some(({ name }) => name === chosen);
  const lost = tables.data === undefined ? undefined : 'not in this workspace';
  return (
    <>
      <Select
        id={id}
        aria-label={field.title}
        aria-describedby={noteId}
        aria-invalid={invalid || undefined}
        value={chosen}
        placeholder={tables.data && items.length === 0 ? 'No tables yet' : 'Choose a table…'}
        disabled={host.readOnly}
        onValueChange={(next) => (next === added ? setAdding(true) : host.set(path, next))}
        options={[
          ...(known || chosen === undefined ? [] : [{ value: chosen, label: chosen, hint: lost }]),
          ...items.map(({ name, rowCount }) => ({
            value: name,
            label: name,
            hint: plural(rowCount, 'row'),
          })),
          ...(canAdd ? [{ value: added, label: 'Create a table…' }] : []),
        ]}
      />
      {adding ? (
        <TableDialog
          onSaved={({ name }) => host.set(path, name)}
          onClose={() => setAdding(false)}
        />
      ) : null}
    </>
  );
}
