import { cva, type VariantProps } from 'class-variance-authority';
import { Slot } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from '../cn';
import { Spinner } from '../spinner';

export const buttonStyles = cva(
  'inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md border font-medium transition-colors duration-100 disabled:pointer-events-none disabled:opacity-50 aria-disabled:pointer-events-none aria-disabled:opacity-50 [&_svg]:size-3.5 [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        primary:
          'border-transparent bg-accent-solid text-white hover:bg-[color-mix(in_srgb,var(--accent-solid)_88%,black)]',
        secondary: 'border-border-strong bg-surface text-fg hover:bg-hover',
        ghost: 'border-transparent bg-transparent text-muted hover:bg-hover hover:text-fg',
        danger:
          'border-transparent bg-[#c0312f] text-white hover:bg-[color-mix(in_srgb,#c0312f_88%,black)]',
      },
      size: { sm: 'h-7 px-2.5 text-xs', md: 'h-8 px-3 text-sm' },
    },
    defaultVariants: { variant: 'secondary', size: 'md' },
  },
);

type Props = ComponentProps<'button'> &
  VariantProps<typeof buttonStyles> & {
    /** Draws the child (a link, say) as a button. */
    asChild?: boolean;
    /** Shows a spinner and refuses presses, without changing its width by more than the spinner. */
    loading?: boolean;
  };

/** The button of the product: primary once per view, secondary, ghost and danger. */
export function Button({
  variant,
  size,
  asChild,
  loading,
  className,
  children,
  disabled,
  type = 'button',
  ...rest
}: Props) {
  const styles = cn(buttonStyles({ variant, size }), className);
  if (asChild) {
    return (
      <Slot.Root className={styles} {...rest}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button
      type={type}
      className={styles}
      disabled={disabled || loading}
      aria-busy={loading || undefined}
      {...rest}
    >
      {loading ? <Spinner /> : null}
      {children}
    </button>
  );
}
