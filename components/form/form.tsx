'use client';

import { ChevronRight } from 'lucide-react';
import { cn } from '@/components/ui/cn';
import { keyFromName } from '@/lib/names/element-keys';
import type { Field } from '@/lib/nodes/node-type/form-fields';
import type { FormProps } from './control-props';
import { FormField } from './form-field';
import { type FieldPath, type FormHost, FormHostProvider, useFormHost } from './host';

const top: FieldPath = [];

function isShown(field: Field, value: Record<string, unknown>, fields: readonly Field[]): boolean {
  if (!field.when) return true;
  const { when } = field;
  const other = fields.find((each) => each.name === when.field);
  return when.is.includes(value[when.field] ?? other?.fallback);
}

/** The host of a form in which a name is made from another field as that is typed. */
function useFollowing(
  fields: readonly Field[],
  value: Record<string, unknown>,
  path: FieldPath,
): FormHost {
  const host = useFormHost();
  const name = fields.find(({ follows }) => follows !== undefined);
  if (name?.follows === undefined) return host;
  const leader = name.follows;
  const keyOf = (text: unknown) =>
    typeof text === 'string' && text.trim() !== '' ? keyFromName(text, 'value') : '';
  return {
    ...host,
    set(at, next) {
      host.set(at, next);
      if (at.length !== path.length + 1 || at.at(-1) !== leader) return;
      const now = value[name.name] ?? '';
      if (now === '' || now === keyOf(value[leader])) host.set([...path, name.name], keyOf(next));
    },
  };
}

/** A form drawn from a schema's fields; it writes to the host around it. */
export function Form({ fields, value, path = top, indexed = path, dense }: FormProps) {
  const host = useFollowing(fields, value, path);
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
    <FormHostProvider value={host}>
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
    </FormHostProvider>
  );
}
