'use client';

import { X } from 'lucide-react';
import { Avatar } from '@/components/icons/avatar';
import { PanelCost } from './panel-cost';

export type AskedAgent = { id: string; name: string; handle: string };

type Props = {
  asking: {
    asked: readonly AskedAgent[];
    remove(id: string): void;
    /** They give one answer together. */
    together: boolean;
    setTogether(together: boolean): void;
  };
  /** What is being written: what it may cost depends on it. */
  text: string;
};

/** Agents that were chosen with `@` for the message that is being written. */
export function AskedAgents({ asking, text }: Props) {
  const { asked: agents, remove, together, setTogether } = asking;
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
              onClick={() => remove(id)}
            >
              <X aria-hidden className="size-3" />
            </button>
          </li>
        ))}
      </ul>
      {agents.length > 1 ? (
        <>
          <Ways together={together} onTogether={setTogether} />
          {together ? (
            <PanelCost agents={agents.map(({ id }) => id)} text={text} />
          ) : (
            <span className="text-xs text-muted">Each answers by itself.</span>
          )}
        </>
      ) : null}
    </div>
  );
}

const ways = [
  { label: 'Each answers', together: false },
  { label: 'One answer', together: true },
];

type WaysProps = { together: boolean; onTogether: (together: boolean) => void };

/** Whether each agent answers by itself, or all of them together. */
function Ways({ together, onTogether }: WaysProps) {
  return (
    <fieldset className="inline-flex h-7 overflow-hidden rounded-md border text-xs">
      <legend className="sr-only">How they answer</legend>
      {ways.map((way) => (
        <label
          key={way.label}
          className="flex cursor-pointer items-center px-2 text-muted not-first:border-l hover:bg-hover has-checked:bg-accent-soft has-checked:font-medium has-checked:text-accent has-focus-visible:outline-2"
        >
          <input
            type="radio"
            name="how-agents-answer"
            className="sr-only"
            checked={together === way.together}
            onChange={() => onTogether(way.together)}
          />
          {way.label}
        </label>
      ))}
    </fieldset>
  );
}
