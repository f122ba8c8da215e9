import type { ComponentProps } from 'react';
import { cn } from '../cn';
import { fieldStyles } from './input';

/** A text field of several lines; grows with its text up to its max height where the browser can. */
export function Textarea({ className, ...rest }: ComponentProps<'textarea'>) {
  return (
    <textarea
      className={cn(
        fieldStyles,
        'field-sizing-content min-h-16 read-only:bg-bg resize-y px-2.5 py-1.5 leading-5',
        className,
      )}
      {...rest}
    />
  );
}
