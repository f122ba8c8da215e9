'use client';

import { ChevronRight } from 'lucide-react';
import { cn } from '@/components/ui/cn';
import type { Field } from '@/lib/nodes/node-type/form-fields';
import type { FormProps } from './control-props';
import { FormField } from './form-field';
import type { FieldPath } from './host';

const top: FieldPath = [];

function isShown(field: Field, value: Record<string, unknown>, fields: readonly Field[]): boolean {
  if (!field.when) return true;
  const { when } = field;
  const other = fields.find((each) => each.name === when.field);
  return when.is.includes(value[when.field] ?? other?.fallback);
}

/** A form drawn from a schema's fields; it writes to the host around it. */
export function Form({ fields, value, path = top, indexed = path, dense }: FormProps) {
  const shown = fields.filter((field) => isShown(field, value, fields));
  const advanced = shown.filter((field) => field.advanced);
  const draw = (field: Field) => (
    <FormField
      key={field.name}
      field={field}
      value={value[field.name]}
      path={[...path, field.name]}
      indexed={[...indexed, field.name]}
      Nested={Form}
    />
  );
  return (
    <div className={cn('flex flex-col', dense ? 'gap-2.5' : 'gap-4')}>
      {shown.filter((field) => !field.advanced).map(draw)}
      {advanced.length > 0 ? (
        <details className="group/more">
          <summary className="flex list-none items-center gap-1 text-xs font-medium text-muted hover:text-fg">
            <ChevronRight
              className="size-3.5 transition-transform group-open/more:rotate-90"
              aria-hidden
            />
            More settings
          </summary>
          <div className="mt-3 flex flex-col gap-4">{advanced.map(draw)}</div>
        </details>
      ) : null}
    </div>
  );
}
