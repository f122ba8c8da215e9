import type { Box } from '@/lib/canvas/layout/box';

/** Joins a container's card to its frame, from the card's foot to the frame's nearest rim; seen from the frame's corner. */
export function Joint({ card, width }: { card: Box; width: number }) {
  const x = card.x + 28;
  const foot = card.y + card.height;
  const to = Math.min(Math.max(x, 28), Math.max(28, width - 28));
  const bend = Math.max(12, -foot / 2);
  return (
    <svg aria-hidden className="absolute top-0 left-0 overflow-visible" width="1" height="1">
      <path
        d={
          x === to ? `M${x} ${foot}V0` : `M${x} ${foot}C${x} ${foot + bend} ${to} ${-bend} ${to} 0`
        }
        fill="none"
        strokeWidth={1.5}
        className="stroke-(--edge)"
      />
      <circle cx={to} cy={0} r={3} className="fill-(--edge)" />
    </svg>
  );
}
