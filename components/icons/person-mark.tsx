import { cn } from '@/components/ui/cn';
import { initials } from './avatar';

/** Initials of somebody present, in the colour that their cursor has. Decorative: the name stands beside it. */
export function PersonMark({
  name,
  color,
  size,
  square = false,
}: {
  name: string;
  color: string;
  size: number;
  /** An agent's. */
  square?: boolean;
}) {
  return (
    <span
      aria-hidden
      style={{
        width: size,
        height: size,
        backgroundColor: color,
        fontSize: Math.round(size * 0.42),
      }}
      className={cn(
        'flex shrink-0 items-center justify-center leading-none font-medium text-white select-none',
        square ? 'rounded-[6px]' : 'rounded-full',
      )}
    >
      {initials(name)}
    </span>
  );
}
