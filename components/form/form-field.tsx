'use client';

import { memo, useId } from 'react';
import { cn } from '@/components/ui/cn';
import { Button } from '@/components/ui/controls/button';
import { HelpLink, openHelp } from '@/components/ui/controls/help-link';
import { Label } from '@/components/ui/label';
import { useCalm } from '@/components/ui/use-calm';
import type { Field } from '@/lib/nodes/node-type/form-fields';
import { settingAnchor } from '@/lib/nodes/node-type/setting-anchors';
import { sameJson } from '@/lib/workflows/draft/draft-value';
import type { FieldProps } from './control-props';
import { FieldControl } from './field-control';
import { type FieldPath, isAt, useFormHost } from './host';

const samePath = (a: FieldPath, b: FieldPath) =>
  a.length === b.length && a.every((part, at) => part === b[at]);

/** The document is read anew as somebody types in another field: equal values are no change. */
const sameField = (a: FieldProps, b: FieldProps) =>
  a.field === b.field &&
  a.Nested === b.Nested &&
  samePath(a.path, b.path) &&
  samePath(a.indexed, b.indexed) &&
  sameJson(a.value, b.value);

/** One setting: its name, its control, what it is for, and what is wrong with it. */
export const FormField = memo(function FormField(props: FieldProps) {
  const { field, path, indexed } = props;
  const id = useId();
  const { problems, toDo, aside, author, stepType } = useFormHost();
  const own = problems.filter((problem) => isAt(problem, path, indexed));
  const { shown: worst, handlers } = useCalm(own[0]);
  const inline = field.control.kind === 'boolean';
  const note = worst?.message ?? field.description;
  const isError = worst?.severity === 'error';
  const help = stepType === undefined ? undefined : helpOf(stepType, indexed);
  const open = toDo?.some((problem) => isAt(problem, path, indexed)) ?? false;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: F1 inside it opens the help of this setting
    <div
      data-field={path.join('.')}
      className="group/field min-w-0"
      {...handlers}
      onKeyDown={help === undefined ? undefined : (event) => openHelp(event, help)}
    >
      <div className={cn(inline && 'flex items-center justify-between gap-3')}>
        <div className={cn('flex min-w-0 items-baseline gap-2', !inline && 'mb-1.5 h-4')}>
          <Label htmlFor={id} className="flex shrink-0 items-baseline gap-1.5">
            {field.title}
            {field.required || inline ? null : <Optional field={field} />}
          </Label>
          {open ? <span className="text-xs text-faint">to do</span> : null}
          {help ? <HelpLink href={help} what={field.title} sentence={field.help} /> : null}
          {author?.(path)}
        </div>
        <FieldControl
          {...props}
          id={id}
          noteId={note ? `${id}-note` : undefined}
          invalid={isError}
        />
      </div>
      {aside?.(path)}
      {note ? (
        <p
          id={`${id}-note`}
          role={worst ? 'alert' : undefined}
          className={cn(
            'mt-1 text-xs',
            worst ? (isError ? 'text-danger' : 'text-warning') : 'text-faint',
          )}
        >
          {note}
          {worst?.fix === undefined ? null : <Fix path={path} text={worst.fix} />}
        </p>
      ) : null}
    </div>
  );
}, sameField);

/** Where the manual explains a setting; rows are left out of its path. */
const helpOf = (stepType: string, indexed: FieldPath) =>
  `/docs/nodes#${settingAnchor(
    stepType,
    indexed.filter((part) => typeof part === 'string'),
  )}`;

/** Writes a text as it was probably meant; undone like any other edit. */
function Fix({ path, text }: { path: FieldPath; text: string }) {
  const host = useFormHost();
  if (host.readOnly) return null;
  return (
    <span className="mt-1 flex min-w-0 items-center gap-2">
      <code className="min-w-0 truncate rounded-sm bg-hover px-1 font-mono text-fg">{text}</code>
      <Button size="sm" onClick={() => host.set(path, text)}>
        Fix
      </Button>
    </span>
  );
}

function Optional({ field }: { field: Field }) {
  const textual = ['string', 'shared-text', 'number', 'json'].includes(field.control.kind);
  const hasValue = field.fallback !== undefined && field.fallback !== '';
  // A field that shows only beside another's value is there because it is needed.
  return textual && !hasValue && !field.when ? (
    <span className="font-normal text-faint">optional</span>
  ) : null;
}
