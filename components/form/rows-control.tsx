'use client';

import { ArrowDown, ArrowUp, GripVertical, Plus, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { cn } from '@/components/ui/cn';
import { Button } from '@/components/ui/controls/button';
import { IconButton } from '@/components/ui/controls/icon-button';
import { useRowDrag } from '@/components/ui/use-row-drag';
import { emptyRow, type Field } from '@/lib/nodes/node-type/form-fields';
import type { ControlProps } from './control-props';
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

const firstField =
  ':is(input, textarea, [role="combobox"], [contenteditable="true"]):not([disabled], [readonly])';

/** Gives the focus to a row that this person adds, as soon as it is there. */
function useFocusAdded(last: string | undefined) {
  const list = useRef<HTMLDivElement>(null);
  const before = useRef<{ last: string | undefined }>(undefined);
  useEffect(() => {
    if (!before.current || last === undefined || before.current.last === last) return;
    before.current = undefined;
    const row = list.current?.querySelector(`:scope > [data-row="${CSS.escape(last)}"]`);
    row?.querySelector<HTMLElement>(firstField)?.focus();
  }, [last]);
  const expect = () => {
    before.current = { last };
  };
  return { list, expect };
}

type RowBarProps = {
  what: string;
  index: number;
  count: number;
  handle: ReturnType<ReturnType<typeof useRowDrag>['handle']>;
  onMove: (by: number) => void;
  onRemove: () => void;
};

/** Above a row: what it is, and how it is moved and taken away. */
function RowBar({ what, index, count, handle, onMove, onRemove }: RowBarProps) {
  const host = useFormHost();
  return (
    <div className="mb-2 flex h-5 items-center justify-between">
      <span className="flex items-center gap-0.5 text-2xs font-medium text-faint tabular">
        {host.readOnly || count < 2 ? null : (
          <button
            type="button"
            aria-label={`Drag ${what} ${index + 1}, or move it with the arrow keys`}
            className="-ml-1.5 flex size-5 cursor-grab touch-none items-center justify-center rounded-sm hover:text-fg active:cursor-grabbing"
            {...handle}
          >
            <GripVertical aria-hidden className="size-3.5" />
          </button>
        )}
        {what.charAt(0).toUpperCase() + what.slice(1)} {index + 1}
      </span>
      {host.readOnly ? null : (
        <span className="flex opacity-60 group-focus-within/row:opacity-100 group-hover/row:opacity-100">
          <IconButton
            size="sm"
            label={`Move ${what} ${index + 1} up`}
            disabled={index === 0}
            onClick={() => onMove(-1)}
          >
            <ArrowUp className="!size-3.5" />
          </IconButton>
          <IconButton
            size="sm"
            label={`Move ${what} ${index + 1} down`}
            disabled={index === count - 1}
            onClick={() => onMove(1)}
          >
            <ArrowDown className="!size-3.5" />
          </IconButton>
          <IconButton size="sm" label={`Remove ${what} ${index + 1}`} onClick={onRemove}>
            <X className="!size-3.5" />
          </IconButton>
        </span>
      )}
    </div>
  );
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
  const { list, expect } = useFocusAdded(rows.at(-1)?.id);
  const { handle, style, dragged } = useRowDrag((index, by) => {
    const row = rows[index];
    if (row) host.moveRow(name, row.id, by);
  });
  return (
    <div ref={list} data-rows="" className="flex flex-col gap-2">
      {rows.map((row, index) => (
        <div
          key={row.id}
          data-row={row.id}
          style={style(index)}
          className={cn(
            'group/row rounded-md border bg-bg p-2.5',
            dragged === index && 'border-accent bg-raised',
            dragged !== undefined &&
              dragged !== index &&
              'transition-transform duration-100 motion-reduce:transition-none',
          )}
        >
          <RowBar
            what={what}
            index={index}
            count={rows.length}
            handle={handle(index, rows.length)}
            onMove={(by) => host.moveRow(name, row.id, by)}
            onRemove={() => host.removeRow(name, row.id)}
          />
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
          onClick={() => {
            expect();
            host.addRow(name, emptyRow(fields));
          }}
        >
          <Plus aria-hidden /> Add {what}
        </Button>
      )}
    </div>
  );
}
