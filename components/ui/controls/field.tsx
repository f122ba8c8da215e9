'use client';

import { cloneElement, type ReactElement, type ReactNode, useId } from 'react';
import { cn } from '../cn';
import { Label } from '../label';
import { HelpLink, openHelp } from './help-link';

type ControlProps = {
  id?: string;
  'aria-describedby'?: string;
  'aria-invalid'?: boolean;
};

type Props = {
  label: ReactNode;
  /** One sentence under the field. */
  hint?: ReactNode;
  /** What is wrong with the value; replaces the hint and marks the control. */
  error?: string;
  /** Exactly one control: it gets the id and the descriptions. */
  children: ReactElement<ControlProps>;
  /** Keeps the label for screen readers only. */
  hideLabel?: boolean;
  className?: string;
  /** The place in the manual that explains it. */
  help?: string;
};

/** A labelled control with a hint or an error, wired for screen readers. */
export function Field({ label, hint, error, children, hideLabel, className, help }: Props) {
  const generated = useId();
  const id = children.props.id ?? generated;
  const note = error ?? hint;
  const control = cloneElement(children, {
    id,
    'aria-describedby': note ? `${id}-note` : undefined,
    'aria-invalid': error ? true : undefined,
  });
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: F1 inside it opens the help of this field
    <div
      className={cn('group/field space-y-1.5', className)}
      onKeyDown={help === undefined ? undefined : (event) => openHelp(event, help)}
    >
      <span className="flex items-baseline gap-1.5">
        <Label htmlFor={id} className={hideLabel ? 'sr-only' : undefined}>
          {label}
        </Label>
        {help ? <HelpLink href={help} what={label} /> : null}
      </span>
      {control}
      {note ? (
        <p
          id={`${id}-note`}
          role={error ? 'alert' : undefined}
          className={cn('text-xs', error ? 'text-danger' : 'text-faint')}
        >
          {note}
        </p>
      ) : null}
    </div>
  );
}
