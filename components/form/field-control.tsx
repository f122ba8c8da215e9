'use client';

import { NeedChips } from '@/components/agents/need-chips';
import { ToolSelect } from '@/components/tools/tool-select';
import { Input } from '@/components/ui/controls/input';
import { Segments } from '@/components/ui/controls/segments';
import { Select } from '@/components/ui/controls/select';
import { Switch } from '@/components/ui/controls/switch';
import { type Control, humanise } from '@/lib/nodes/node-type/form-fields';
import { at, listIn } from '@/lib/values/unknown';
import { AgentPicker } from './agent-picker';
import { ColumnInput } from './column-input';
import { ConditionControl } from './condition-control';
import { ConnectionPicker } from './connection-picker';
import type { ControlProps } from './control-props';
import { FilePicker } from './file-picker';
import { useFormHost } from './host';
import { JsonControl } from './json-control';
import { ModelPicker } from './model-picker';
import { NumberControl } from './number-control';
import { PersonPicker } from './person-picker';
import { RecordControl } from './record-control';
import { RowsControl } from './rows-control';
import { SharedTextControl } from './shared-text-control';
import { TablePicker } from './table-picker';
import { WorkflowPicker } from './workflow-picker';

const text = (value: unknown) => (typeof value === 'string' ? value : '');

/** The control that fits a field's kind of value. */
export function FieldControl(props: ControlProps) {
  const { field, value, path, indexed, id, noteId, invalid, Nested } = props;
  const host = useFormHost();
  const { control } = field;
  const aria = { id, 'aria-describedby': noteId, 'aria-invalid': invalid || undefined };
  const focus = { onFocus: () => host.onFocus?.(path), onBlur: () => host.onFocus?.(undefined) };
  const now = value ?? field.fallback;
  switch (control.kind) {
    case 'shared-text':
      return control.condition ? (
        <ConditionControl {...props} widget={control.widget} />
      ) : (
        <SharedTextControl {...props} widget={control.widget} />
      );
    case 'string':
      if (control.columns) return <ColumnInput {...props} of={control.columns} />;
      return (
        <Input
          {...aria}
          {...focus}
          value={text(now)}
          type={control.inputType ?? 'text'}
          maxLength={control.maxLength}
          placeholder={field.placeholder}
          readOnly={host.readOnly}
          onChange={(event) => host.set(path, event.target.value)}
        />
      );
    case 'number':
      return <NumberControl {...props} control={control} />;
    case 'boolean': {
      const set = (checked: boolean) => host.set(path, checked);
      const on = now === true;
      return <Switch {...aria} checked={on} disabled={host.readOnly} onCheckedChange={set} />;
    }
    case 'select':
      return <Choice {...props} control={control} />;
    case 'rows':
      return control.chips ? (
        <Chips {...props} of={control.chips} />
      ) : (
        <RowsControl {...props} fields={control.fields} />
      );
    case 'object':
      return (
        <Nested
          fields={control.fields}
          value={(now as Record<string, unknown> | undefined) ?? {}}
          path={path}
          indexed={indexed}
        />
      );
    case 'record':
      return <RecordControl {...props} />;
    case 'agent':
      return <AgentPicker {...props} />;
    case 'person':
      return <PersonPicker {...props} />;
    case 'model':
      return <ModelPicker {...props} />;
    case 'file':
      return <FilePicker {...props} />;
    case 'json':
      return <JsonControl {...props} />;
    case 'workflow':
      return <WorkflowPicker {...props} />;
    case 'connection':
      return <ConnectionPicker {...props} />;
    case 'table':
      return <TablePicker {...props} />;
    case 'tool':
      return (
        <ToolSelect
          {...aria}
          aria-label={field.title}
          value={now}
          disabled={host.readOnly}
          onValueChange={(name) => host.set(path, name)}
        />
      );
  }
}

/** Rows that are a name alone. */
function Chips({ field, value, id, noteId, of }: ControlProps & { of: 'skills' | 'tools' }) {
  const host = useFormHost();
  const rows = listIn(value).flatMap((row) => {
    const [rowId, name] = [at(row, 'id'), at(row, 'name')];
    return typeof rowId === 'string' && typeof name === 'string' ? [{ id: rowId, name }] : [];
  });
  return (
    <NeedChips
      {...{ id, of, disabled: host.readOnly }}
      aria-label={field.title}
      aria-describedby={noteId}
      names={[...new Set(rows.map(({ name }) => name))]}
      onAdd={(name) => host.addRow(field.name, { name })}
      onRemove={(name) => {
        for (const row of rows) if (row.name === name) host.removeRow(field.name, row.id);
      }}
    />
  );
}

function Choice({
  field,
  value,
  path,
  id,
  noteId,
  invalid,
  control,
}: ControlProps & { control: Extract<Control, { kind: 'select' }> }) {
  const host = useFormHost();
  const now = value ?? field.fallback;
  const labelOf = (option: string) =>
    control.labels?.[option] ?? (control.asWritten ? option : optionLabel(option));
  const shared = {
    ...{ id, 'aria-label': field.title, 'aria-describedby': noteId, disabled: host.readOnly },
    options: control.options.map((option) => ({ value: option, label: labelOf(option) })),
    onValueChange: (chosen: string) => host.set(path, chosen),
  };
  const chosen = typeof now === 'string' ? now : undefined;
  if (control.segments) return <Segments {...shared} value={chosen ?? ''} />;
  return <Select {...shared} aria-invalid={invalid || undefined} value={chosen} />;
}

/** `GET` and `2xx` stay as they are; `first` reads "First". */
function optionLabel(option: string): string {
  return /^[a-z][a-zA-Z_-]*$/.test(option) ? humanise(option) : option;
}
