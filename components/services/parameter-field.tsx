'use client';

import { X } from 'lucide-react';
import { useId, useState } from 'react';
import { Form } from '@/components/form/form';
import { type FieldPath, isAt, useFormHost } from '@/components/form/host';
import { SharedTextControl } from '@/components/form/shared-text-control';
import { cn } from '@/components/ui/cn';
import { IconButton } from '@/components/ui/controls/icon-button';
import { Select } from '@/components/ui/controls/select';
import { Label } from '@/components/ui/label';
import type { Field } from '@/lib/nodes/node-type/form-fields';
import type { ServiceField } from '@/lib/services/schema';
import { titleOf } from './add-parameter';

type Props = {
  row: { id: string; name: string; value: string };
  index: number;
  /** Undefined for what the operation does not take. */
  field: ServiceField | undefined;
  /** Whether it is known what the operation takes. */
  known: boolean;
  /** Another row above gives the same. */
  twice: boolean;
};

const hints: Readonly<Record<ServiceField['type'], string | undefined>> = {
  text: undefined,
  any: undefined,
  integer: 'A whole number',
  number: 'A number',
  boolean: 'true or false',
  list: 'Items between commas, one a line, or a JSON list',
  object: 'A JSON object',
};

/** One parameter of an operation: a choice where there are options, else a text that may hold expressions. */
export function ParameterField({ row, index, field, known, twice }: Props) {
  const host = useFormHost();
  const id = useId();
  const path: FieldPath = ['parameters', row.id, 'value'];
  const indexed: FieldPath = ['parameters', index, 'value'];
  const problem = host.problems.find((one) => isAt(one, path, indexed));
  const lost = known && field === undefined;
  const title = field ? titleOf(field) : row.name;
  const note =
    problem?.message ??
    (twice ? 'This is given above, too. Remove one of them.' : undefined) ??
    (lost ? 'The operation does not take this any more.' : field?.description);
  const bad = problem?.severity === 'error' || twice || lost;
  return (
    <div data-field={path.join('.')} className="group/parameter min-w-0">
      <div className="mb-1.5 flex h-4 items-baseline gap-2">
        <Label htmlFor={id} className="flex min-w-0 items-baseline gap-1.5">
          <span className="truncate">{title}</span>
          {field?.required ? null : <span className="font-normal text-faint">optional</span>}
        </Label>
        {host.author?.(path)}
        {host.readOnly || (field?.required && !twice) ? null : (
          <IconButton
            size="sm"
            label={`Remove ${title}`}
            className="ml-auto self-center opacity-60 group-focus-within/parameter:opacity-100 group-hover/parameter:opacity-100"
            onClick={() => host.removeRow('parameters', row.id)}
          >
            <X className="!size-3.5" />
          </IconButton>
        )}
      </div>
      <Value
        {...{ id, row, path, indexed, field, title, bad }}
        noteId={note ? `${id}-note` : undefined}
      />
      {host.aside?.(path)}
      {note ? (
        <p
          id={`${id}-note`}
          role={bad ? 'alert' : undefined}
          className={cn('mt-1 text-xs', bad ? 'text-danger' : 'text-faint')}
        >
          {note}
        </p>
      ) : null}
    </div>
  );
}

type ValueProps = {
  id: string;
  row: Props['row'];
  path: FieldPath;
  indexed: FieldPath;
  field: ServiceField | undefined;
  title: string;
  bad: boolean;
  noteId: string | undefined;
};

const unset = '-';
const asText = '{{';

function Value({ id, row, path, indexed, field, title, bad, noteId }: ValueProps) {
  const host = useFormHost();
  const options = field?.options ?? (field?.type === 'boolean' ? ['true', 'false'] : undefined);
  const isOption = row.value === '' || (options?.includes(row.value) ?? false);
  const [writing, setWriting] = useState(false);
  if (options !== undefined && field?.type !== 'list' && isOption && !writing) {
    const fallback = field?.fallback;
    return (
      <Select
        id={id}
        aria-label={title}
        aria-describedby={noteId}
        aria-invalid={bad || undefined}
        value={row.value === '' ? (field?.required ? undefined : unset) : row.value}
        disabled={host.readOnly}
        onValueChange={(next) => {
          if (next === asText) setWriting(true);
          else host.set(path, next === unset ? '' : next);
        }}
        options={[
          ...(field?.required
            ? []
            : [
                {
                  value: unset,
                  label: fallback === undefined ? 'Not set' : `Not set (${fallback})`,
                },
              ]),
          ...options.map((option) => ({ value: option, label: option })),
          { value: asText, label: 'Use an expression…' },
        ]}
      />
    );
  }
  const hint = field ? hints[field.type] : undefined;
  const placeholder = field?.fallback === undefined ? hint : `${field.fallback} unless set`;
  const control: Field = {
    name: 'value',
    title,
    required: field?.required ?? false,
    advanced: false,
    control: { kind: 'shared-text', widget: 'template' },
    ...(placeholder === undefined ? {} : { placeholder }),
  };
  return (
    <>
      <SharedTextControl
        field={control}
        value={row.value}
        path={path}
        indexed={indexed}
        Nested={Form}
        id={id}
        noteId={noteId}
        invalid={bad}
        widget="template"
      />
      {options !== undefined && writing && isOption && !host.readOnly ? (
        <button
          type="button"
          className="mt-1 text-xs text-muted underline hover:text-fg"
          onClick={() => setWriting(false)}
        >
          Choose from a list
        </button>
      ) : null}
    </>
  );
}
