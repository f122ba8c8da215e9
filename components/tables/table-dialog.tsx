'use client';

import { Plus, X } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { useCreateTable, useUpdateTable } from '@/components/data/table-queries';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { IconButton } from '@/components/ui/controls/icon-button';
import { Input } from '@/components/ui/controls/input';
import { Select } from '@/components/ui/controls/select';
import { Dialog } from '@/components/ui/overlays/dialog';
import type { DataTable } from '@/lib/data-tables/contract';
import { columnTypes, maxColumns } from '@/lib/data-tables/schema';
import { typeTitles } from './column-types';

type ColumnDraft = {
  key: string;
  id?: string;
  name: string;
  type: DataTable['columns'][number]['type'];
};

let made = 0;
const fresh = (name = ''): ColumnDraft => {
  made += 1;
  return { key: `new-${made}`, name, type: 'text' };
};

type Props = {
  /** The one to change; without it a new one is made. */
  table?: DataTable;
  onSaved?: (table: DataTable) => void;
  onClose: () => void;
};

/** Names a table and its columns. */
export function TableDialog({ table, onSaved, onClose }: Props) {
  const form = useId();
  const [name, setName] = useState(table?.name ?? '');
  const [columns, setColumns] = useState<ColumnDraft[]>(
    () => table?.columns.map((column) => ({ ...column, key: column.id })) ?? [fresh('Name')],
  );
  // The table as this dialog shows it: somebody else may change it meanwhile.
  const [was] = useState(() => table && { name: table.name, columns: table.columns });
  const create = useCreateTable();
  const update = useUpdateTable();
  const save = table === undefined ? create : update;
  const dropped = table?.columns.filter(({ id }) => !columns.some((one) => one.id === id)) ?? [];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const body = { name: name.trim(), columns: columns.map(({ key: _, ...column }) => column) };
    const done = {
      onSuccess: (saved: DataTable) => {
        onSaved?.(saved);
        onClose();
      },
    };
    if (table === undefined) create.mutate(body, done);
    else update.mutate({ id: table.id, force: false, ...body, ...(was ? { was } : {}) }, done);
  };
  const set = (key: string, part: Partial<ColumnDraft>) =>
    setColumns((now) => now.map((one) => (one.key === key ? { ...one, ...part } : one)));
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={table === undefined ? 'New table' : `Edit ${table.name}`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            variant="primary"
            disabled={name.trim() === '' || columns.some((column) => column.name.trim() === '')}
            loading={save.isPending}
          >
            {table === undefined ? 'Create table' : 'Save'}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="space-y-4">
        <Field label="Name" hint="Steps refer to the table by this name.">
          <Input value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />
        </Field>
        <fieldset className="space-y-2">
          <legend className="mb-1.5 text-sm font-medium">Columns</legend>
          {columns.map(({ key, id, name: column, type }, index) => (
            <div key={key} className="grid grid-cols-[1fr_9rem_auto] items-center gap-2">
              <Input
                aria-label={`Name of column ${index + 1}`}
                value={column}
                maxLength={60}
                onChange={(event) => set(key, { name: event.target.value })}
              />
              <Select
                aria-label={`Type of column ${index + 1}`}
                value={type}
                disabled={id !== undefined}
                options={columnTypes.map((one) => ({ value: one, label: typeTitles[one] }))}
                onValueChange={(next) => {
                  const chosen = columnTypes.find((one) => one === next);
                  if (chosen) set(key, { type: chosen });
                }}
              />
              <IconButton
                label={`Remove column ${index + 1}`}
                disabled={columns.length === 1}
                onClick={() => setColumns((now) => now.filter((one) => one.key !== key))}
              >
                <X aria-hidden />
              </IconButton>
            </div>
          ))}
          <Button
            size="sm"
            disabled={columns.length >= maxColumns}
            onClick={() => setColumns((now) => [...now, fresh()])}
          >
            <Plus aria-hidden /> Add column
          </Button>
        </fieldset>
        {dropped.length > 0 && table !== undefined && table.rowCount > 0 ? (
          <p role="status" className="text-sm text-warning">
            Saving deletes {dropped.map((column) => `“${column.name}”`).join(', ')} with all values.
          </p>
        ) : null}
        {save.error ? (
          <p role="alert" className="text-sm text-danger">
            {save.error.message}
          </p>
        ) : null}
      </form>
    </Dialog>
  );
}
