import type { ComponentProps } from 'react';
import { cn } from '../cn';
import { Tooltip } from './tooltip';

type Props = Omit<ComponentProps<'button'>, 'aria-label'> & {
  /** Its name: read to screen readers and shown as a tooltip. */
  label: string;
  /** Keys shown in the tooltip, e.g. `['Mod', 'K']`. */
  keys?: string[];
  size?: 'sm' | 'md';
  side?: 'top' | 'right' | 'bottom' | 'left';
};

/** A square button with an icon, a name and a tooltip. */
export function IconButton({ label, keys, size = 'md', side, className, type, ...rest }: Props) {
  return (
    <Tooltip label={label} keys={keys} side={side}>
      <button
        type={type ?? 'button'}
        aria-label={label}
        className={cn(
          'inline-flex shrink-0 items-center justify-center rounded-md text-muted transition-colors duration-100 hover:bg-hover hover:text-fg disabled:pointer-events-none disabled:opacity-50 aria-pressed:bg-active aria-pressed:text-fg data-[state=open]:bg-hover [&_svg]:size-4',
          size === 'sm' ? 'size-6' : 'size-7',
          className,
        )}
        {...rest}
      />
    </Tooltip>
  );
}
