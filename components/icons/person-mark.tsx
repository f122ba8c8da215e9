import { initials } from './avatar';

/** Initials of somebody present, in the colour that their cursor has. Decorative: the name stands beside it. */
export function PersonMark({ name, color, size }: { name: string; color: string; size: number }) {
  return (
    <span
      aria-hidden
      style={{
        width: size,
        height: size,
        backgroundColor: color,
        fontSize: Math.round(size * 0.42),
      }}
      className="flex shrink-0 items-center justify-center rounded-full leading-none font-medium text-white select-none"
    >
      {initials(name)}
    </span>
  );
}
