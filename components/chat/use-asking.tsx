'use client';

import { useEffect, useState } from 'react';
import { unsent } from '@/components/data/unsent/unsent';
import { Avatar } from '@/components/icons/avatar';
import { maxAgents } from '@/lib/chat/attached';
import { markAt, withoutMark } from '@/lib/chat/mark-at';
import type { AskedAgent } from './asked-agents';
import { useSuggestions } from './marks/suggestions';

/** Agents that are chosen with `@` for one message, and the list that they are chosen from. */
export function useAsking(
  agents: readonly AskedAgent[],
  { text, caret, place }: { text: string; caret: number; place: string },
  write: (text: string) => void,
) {
  const [chosen, setChosen] = useState<string[]>([]);
  const [together, setTogether] = useState(false);
  const key = `${place}:agents`;
  // After the first paint: the server does not know it. They survive a reload as the text does.
  useEffect(() => setChosen(unsent.get(key).split(',').filter(Boolean)), [key]);
  const asked = chosen.flatMap((id) => agents.find((agent) => agent.id === id) ?? []);
  const setAsked = (next: readonly AskedAgent[]) => {
    const ids = next.map(({ id }) => id);
    setChosen(ids);
    unsent.set(key, ids.join(','));
  };
  const mark = markAt(text, caret);
  const ask = (agent: AskedAgent) => {
    setAsked([...asked, agent]);
    if (mark) write(withoutMark(text, mark));
  };
  const found = mark?.mark === '@' ? agentsFor(agents, asked, mark.query) : [];
  const suggestions = useSuggestions(
    found.map((agent) => ({
      ...{ key: agent.id, label: agent.name, hint: `@${agent.handle}`, take: () => ask(agent) },
      mark: <Avatar name={agent.name} size={16} square />,
    })),
    mark ? `${mark.from} ${mark.query}` : '',
  );
  return {
    ...suggestions,
    asked,
    ids: asked.map(({ id }) => id),
    together: together && asked.length > 1,
    setTogether,
    remove: (id: string) => setAsked(asked.filter((one) => one.id !== id)),
    clear: () => {
      setAsked([]);
      setTogether(false);
    },
  };
}

/** Agents whose name or handle begins like what was written, without those that are asked already. */
function agentsFor(
  agents: readonly AskedAgent[],
  asked: readonly AskedAgent[],
  query: string,
): AskedAgent[] {
  if (asked.length >= maxAgents) return [];
  const wanted = query.toLowerCase();
  return agents
    .filter(({ id }) => asked.every((one) => one.id !== id))
    .filter(({ name, handle }) =>
      [handle, ...name.toLowerCase().split(/\s+/)].some((word) => word.startsWith(wanted)),
    )
    .slice(0, 8);
}
