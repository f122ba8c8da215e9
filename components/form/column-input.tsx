'use client';

import { useId, useState } from 'react';
import { useTables } from '@/components/data/table-queries';
import { Input } from '@/components/ui/controls/input';
import type { Columns } from '@/lib/nodes/node-type/form-fields';
import type { ControlProps } from './control-props';
import { useFormHost } from './host';

/** The name of a column, with those that the rows or the chosen table have to choose from. */
export function ColumnInput(props: ControlProps & { of: Columns }) {
  return props.of === 'table' ? <TableColumn {...props} /> : <RowColumn {...props} of={props.of} />;
}

function TableColumn(props: ControlProps) {
  const table = useFormHost().settingNow?.('table');
  const tables = useTables().data?.items;
  const columns = tables?.find(({ name }) => name === table)?.columns ?? [];
  return <NameInput {...props} names={columns.map(({ name }) => name)} />;
}

function RowColumn({ of, ...props }: ControlProps & { of: 'rows' | 'others' }) {
  const host = useFormHost();
  // Asked for when the field is entered: rows are worked out by the bounded evaluator, and change with each run.
  const [names, setNames] = useState<string[]>([]);
  return <NameInput {...props} names={names} onEnter={() => setNames(host.columns?.(of) ?? [])} />;
}

type NameProps = ControlProps & { names: readonly string[]; onEnter?: () => void };

function NameInput({ field, value, path, id, noteId, invalid, names, onEnter }: NameProps) {
  const host = useFormHost();
  const list = useId();
  const { control } = field;
  return (
    <>
      <Input
        id={id}
        aria-describedby={noteId}
        aria-invalid={invalid || undefined}
        value={typeof value === 'string' ? value : ''}
        maxLength={control.kind === 'string' ? control.maxLength : undefined}
        placeholder={field.placeholder}
        readOnly={host.readOnly}
        list={list}
        autoComplete="off"
        onPointerEnter={onEnter}
        onFocus={() => {
          onEnter?.();
          host.onFocus?.(path);
        }}
        onBlur={() => host.onFocus?.(undefined)}
        onChange={({ target }) => host.set(path, target.value)}
      />
      <datalist id={list}>
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  );
}
