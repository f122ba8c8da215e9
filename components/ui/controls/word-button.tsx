import type { ComponentProps } from 'react';
import { Tooltip } from './tooltip';

type Props = ComponentProps<'button'> & { label: string; word: string };

/** A button of a header: its icon, and its word where there is room. */
export function WordButton({ label, word, children, ...rest }: Props) {
  return (
    <Tooltip label={label}>
      <button
        type="button"
        aria-label={label}
        className="relative flex h-7 shrink-0 items-center gap-1.5 rounded-md px-1.5 text-sm text-muted transition-colors duration-100 hover:bg-hover hover:text-fg aria-pressed:bg-active aria-pressed:text-fg [&_svg]:size-4"
        {...rest}
      >
        {children}
        <span aria-hidden className="max-xl:hidden">
          {word}
        </span>
      </button>
    </Tooltip>
  );
}
