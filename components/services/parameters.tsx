'use client';

import { useFormHost } from '@/components/form/host';
import type { Operation, ServiceField } from '@/lib/services/schema';
import { isRecord, listIn } from '@/lib/values/unknown';
import { AddParameter } from './add-parameter';
import { ParameterField } from './parameter-field';

type Row = { id: string; name: string; value: string };

function rowsOf(value: unknown): Row[] {
  return listIn(value).flatMap((row): Row[] =>
    isRecord(row) && typeof row.id === 'string'
      ? [{ id: row.id, name: String(row.name ?? ''), value: String(row.value ?? '') }]
      : [],
  );
}

type Props = { operation: Operation | undefined; rows: unknown };

/** What an operation takes: its required parameters, those that were added, and a way to add the others. */
export function Parameters({ operation, rows: given }: Props) {
  const host = useFormHost();
  const rows = rowsOf(given);
  if (operation === undefined && rows.length === 0) return null;
  const fields = operation?.fields ?? [];
  const places = new Map(fields.map((field, index) => [field.key, index]));
  const shown = rows
    .map((row, index) => ({ row, index, field: fields[places.get(row.name) ?? -1] }))
    .sort((a, b) => (places.get(a.row.name) ?? 1_000) - (places.get(b.row.name) ?? 1_000));
  const names = new Set(rows.map(({ name }) => name));
  const left = fields.filter(({ key }) => !names.has(key));
  const needed = left.filter(({ required }) => required);
  const add = (field: ServiceField) => host.addRow('parameters', { name: field.key, value: '' });
  return (
    <div data-field="parameters" className="flex flex-col gap-4">
      {shown.map(({ row, index, field }) => (
        <ParameterField
          key={row.id}
          row={row}
          index={index}
          field={field}
          known={operation !== undefined}
          twice={rows.some((other, at) => at < index && other.name === row.name)}
        />
      ))}
      {needed.length > 0 ? (
        <p role="alert" className="text-xs text-danger">
          Missing: {needed.map(({ title, name }) => title ?? name).join(', ')}. Add it below.
        </p>
      ) : null}
      {host.readOnly || left.length === 0 ? null : <AddParameter fields={left} onAdd={add} />}
    </div>
  );
}
