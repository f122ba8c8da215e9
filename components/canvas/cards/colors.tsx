'use client';

import { Ban } from 'lucide-react';
import { cn } from '@/components/ui/cn';
import { type Color, colors } from '@/lib/workflows/schema';

export const colorNames: Record<Color, string> = {
  grey: 'Grey',
  red: 'Red',
  orange: 'Orange',
  yellow: 'Yellow',
  green: 'Green',
  blue: 'Blue',
  violet: 'Violet',
};

type Props = {
  value: Color | undefined;
  onChoose: (color: Color | undefined) => void;
  className?: string;
};

/** Seven colours and none, in a row. */
export function ColorRow({ value, onChoose, className }: Props) {
  const swatch =
    'flex size-5 items-center justify-center rounded-full outline-offset-1 hover:scale-110 focus-visible:outline-2 focus-visible:outline-accent transition-transform';
  return (
    <fieldset
      aria-label="Colour"
      className={cn('m-0 flex items-center gap-1.5 border-0 p-0', className)}
    >
      <button
        type="button"
        aria-label="No colour"
        aria-pressed={value === undefined}
        onClick={() => onChoose(undefined)}
        className={cn(swatch, 'border border-border-strong text-faint')}
      >
        <Ban aria-hidden className="!size-3" />
      </button>
      {colors.map((color) => (
        <button
          key={color}
          type="button"
          aria-label={colorNames[color]}
          aria-pressed={value === color}
          data-tint={color}
          onClick={() => onChoose(color)}
          className={cn(
            swatch,
            'bg-(--tint) aria-pressed:ring-2 aria-pressed:ring-accent aria-pressed:ring-offset-1 aria-pressed:ring-offset-raised',
          )}
        />
      ))}
    </fieldset>
  );
}
