'use client';

import { PersonMark } from '@/components/icons/person-mark';
import { type Occupant, useOccupants } from '@/components/presence/people';

function namesOf(occupants: readonly Occupant[]): string[] {
  return [...new Set(occupants.map((other) => other.name))];
}

function sentence(others: readonly Occupant[]): string {
  const editing = namesOf(others.filter((other) => other.editing));
  const names = namesOf(others).filter((name) => !editing.includes(name));
  const is = (list: readonly string[]) => `${list.join(', ')} ${list.length === 1 ? 'is' : 'are'}`;
  const parts = [
    editing.length > 0 ? `${is(editing)} editing this step` : '',
    names.length > 0 ? `${is(names)} also here` : '',
  ];
  return parts.filter(Boolean).join(', ');
}

/** Who else has this node open. */
export function OthersHere({ nodeId }: { nodeId: string }) {
  const others = useOccupants(nodeId);
  if (others.length === 0) return null;
  return (
    <p className="flex items-center gap-2 rounded-md bg-hover px-2.5 py-1.5 text-xs text-muted">
      <span className="flex -space-x-1">
        {others.slice(0, 4).map((other) => (
          <PersonMark key={other.clientId} name={other.name} color={other.color} size={16} />
        ))}
      </span>
      <span className="min-w-0">{sentence(others)}</span>
    </p>
  );
}
