import type { ComponentProps } from 'react';
import { cn } from '../cn';

export const fieldStyles =
  'w-full rounded-md border border-border-strong bg-surface text-sm text-fg placeholder:text-faint transition-colors duration-100 hover:border-faint/60 focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-offset-0 disabled:opacity-60 aria-invalid:border-danger';

/** A one-line text field. */
export function Input({
  className,
  fieldSize = 'md',
  ...rest
}: ComponentProps<'input'> & { fieldSize?: 'sm' | 'md' }) {
  return (
    <input
      className={cn(
        fieldStyles,
        'read-only:bg-bg',
        fieldSize === 'sm' ? 'h-7 px-2 text-xs' : 'h-8 px-2.5',
        className,
      )}
      {...rest}
    />
  );
}
