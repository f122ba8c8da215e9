'use client';

import { X } from 'lucide-react';
import { Avatar } from '@/components/icons/avatar';

export type AskedAgent = { id: string; name: string; handle: string };

type Props = { agents: readonly AskedAgent[]; onRemove: (id: string) => void };

/** Agents that were chosen with `@` for the message that is being written. */
export function AskedAgents({ agents, onRemove }: Props) {
  if (agents.length === 0) return null;
  return (
    <div className="flex flex-wrap items-center gap-1.5 px-2 pt-2">
      <ul aria-label="Agents asked" className="flex flex-wrap gap-1.5">
        {agents.map(({ id, name }) => (
          <li
            key={id}
            className="inline-flex h-7 max-w-full items-center overflow-hidden rounded-md border border-accent/40 bg-accent-soft text-xs text-accent"
          >
            <span className="flex min-w-0 items-center gap-1.5 px-2">
              <Avatar name={name} size={16} square />
              <span className="truncate">{name}</span>
            </span>
            <button
              type="button"
              aria-label={`Do not ask ${name}`}
              className="flex h-full shrink-0 items-center border-l border-accent/30 px-1.5 hover:bg-hover"
              onClick={() => onRemove(id)}
            >
              <X aria-hidden className="size-3" />
            </button>
          </li>
        ))}
      </ul>
      {agents.length > 1 ? (
        <span className="text-xs text-muted">Each answers by itself.</span>
      ) : null}
    </div>
  );
}
