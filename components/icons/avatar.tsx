import { cn } from '@/components/ui/cn';
import { personColor } from '@/lib/realtime/person-color';

/** First letters of the first and the last word. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const first = words[0]?.[0] ?? '?';
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? '') : '';
  return (first + last).toUpperCase();
}

type Props = {
  name: string;
  /** Id of the person whose colour it is; without one the name decides. */
  id?: string;
  size?: 16 | 20 | 24 | 28 | 32;
  /** Agents and workspaces are square, people round. */
  square?: boolean;
  className?: string;
};

/** Initials of a person, an agent or a workspace. Decorative: the name stands beside it. */
export function Avatar({ name, id, size = 20, square, className }: Props) {
  return (
    <span
      aria-hidden
      style={{
        width: size,
        height: size,
        fontSize: Math.max(8, Math.round(size * 0.42)),
        backgroundColor: personColor(id ?? name),
      }}
      className={cn(
        'inline-flex shrink-0 items-center justify-center leading-none font-medium text-white select-none',
        square ? 'rounded-[5px]' : 'rounded-full',
        className,
      )}
    >
      {initials(name)}
    </span>
  );
}
