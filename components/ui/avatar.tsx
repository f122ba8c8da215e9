import { cn } from './cn';

/** Colours of people: each has at least 4.5:1 under white text. */
const colours = [
  '#4a5fc1',
  '#8a4bb0',
  '#b0407a',
  '#b4472f',
  '#87600a',
  '#3e7a2e',
  '#14766f',
  '#1f6f9f',
];

/** The same colour for the same person, everywhere. */
export function personColour(key: string): string {
  let hash = 0;
  for (const character of key) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return colours[hash % colours.length] ?? '#4a5fc1';
}

/** First letters of the first and the last word. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const first = words[0]?.[0] ?? '?';
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? '') : '';
  return (first + last).toUpperCase();
}

type Props = {
  name: string;
  /** What the colour is drawn from; the name unless given. */
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
        backgroundColor: personColour(id ?? name),
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
