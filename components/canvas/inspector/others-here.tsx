'use client';

import { useOccupants } from '../together/people';
import { PersonMark } from '../person-mark';

/** Who else has this node open. */
export function OthersHere({ nodeId }: { nodeId: string }) {
  const others = useOccupants(nodeId);
  if (others.length === 0) return null;
  const names = [...new Set(others.map((other) => other.name))];
  return (
    <p className="flex items-center gap-2 rounded-md bg-hover px-2.5 py-1.5 text-xs text-muted">
      <span className="flex -space-x-1">
        {others.slice(0, 4).map((other) => (
          <PersonMark key={other.clientId} name={other.name} color={other.color} size={16} />
        ))}
      </span>
      {names.length === 1 ? `${names[0]} is here too` : `${names.join(', ')} are here too`}
    </p>
  );
}
