'use client';

import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import type { ControlProps } from './control-props';
import { emptyRow, type Field } from './fields';
import { useFormHost } from './host';

type Row = Record<string, unknown> & { id: string };

function rowsOf(value: unknown): Row[] {
  if (!Array.isArray(value)) return [];
  return value.filter(
    (row): row is Row => typeof row === 'object' && row !== null && typeof row.id === 'string',
  );
}

/** "Cases" asks for a "case", "Inputs" for an "input". */
function singular(title: string): string {
  return title.toLowerCase().replace(/ies$/, 'y').replace(/s$/, '');
}

/** A list of objects, edited in place: others may edit other rows at the same time. */
export function RowsControl({
  field,
  value,
  path,
  indexed,
  Nested,
  fields,
}: ControlProps & { fields: Field[] }) {
  const host = useFormHost();
  const rows = rowsOf(value);
  const name = field.name;
  const what = singular(field.title);
  return (
    <div className="flex flex-col gap-2">
      {rows.map((row, index) => (
        <div key={row.id} className="group/row rounded-md border bg-bg p-2.5">
          <div className="mb-2 flex h-5 items-center justify-between">
            <span className="text-2xs font-medium text-faint tabular">
              {what.charAt(0).toUpperCase() + what.slice(1)} {index + 1}
            </span>
            {host.readOnly ? null : (
              <span className="flex opacity-60 group-focus-within/row:opacity-100 group-hover/row:opacity-100">
                <IconButton
                  size="sm"
                  label={`Move ${what} ${index + 1} up`}
                  disabled={index === 0}
                  onClick={() => host.moveRow(name, row.id, -1)}
                >
                  <ArrowUp className="!size-3.5" />
                </IconButton>
                <IconButton
                  size="sm"
                  label={`Move ${what} ${index + 1} down`}
                  disabled={index === rows.length - 1}
                  onClick={() => host.moveRow(name, row.id, 1)}
                >
                  <ArrowDown className="!size-3.5" />
                </IconButton>
                <IconButton
                  size="sm"
                  label={`Remove ${what} ${index + 1}`}
                  onClick={() => host.removeRow(name, row.id)}
                >
                  <X className="!size-3.5" />
                </IconButton>
              </span>
            )}
          </div>
          <Nested
            dense
            fields={fields}
            value={row}
            path={[...path, row.id]}
            indexed={[...indexed, index]}
          />
        </div>
      ))}
      {host.readOnly ? null : (
        <Button
          size="sm"
          className="self-start"
          onClick={() => host.addRow(name, emptyRow(fields))}
        >
          <Plus aria-hidden /> Add {what}
        </Button>
      )}
    </div>
  );
}
