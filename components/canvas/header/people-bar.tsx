'use client';

import { useMemo } from 'react';
import type { Peer } from '@/components/realtime/presence';
import { Tooltip } from '@/components/ui/tooltip';
import { useCell } from '../cell';
import { PersonMark } from '../person-mark';
import { useSession } from '../session';

const mostShown = 5;

type Present = { id: string; name: string; color: string; at: string | undefined };

/** One line per person; it changes when somebody comes, goes, or opens another step, not with each move. */
function lineOf(people: readonly Peer[]): string {
  const byPerson = new Map<string, Present>();
  for (const { user, focus } of people) {
    const known = byPerson.get(user.id);
    byPerson.set(user.id, { ...user, at: focus?.nodeId ?? known?.at });
  }
  return JSON.stringify([...byPerson.values()]);
}

/** Who else is here. A click goes to the step that they have open. */
export function PeopleBar() {
  const session = useSession();
  const line = useCell(session.people, lineOf);
  const people = useMemo(() => JSON.parse(line) as Present[], [line]);
  if (people.length === 0) return null;
  return (
    <ul aria-label="Also here" className="flex items-center -space-x-1.5">
      {people.slice(0, mostShown).map((person) => (
        <li key={person.id}>
          <Tooltip label={person.at ? `${person.name}: go to their step` : person.name}>
            <button
              type="button"
              aria-label={person.at ? `Go to ${person.name}` : person.name}
              onClick={() => {
                if (person.at) session.jumpTo([person.at]);
              }}
              className="block rounded-full ring-2 ring-surface"
            >
              <PersonMark name={person.name} color={person.color} size={24} />
            </button>
          </Tooltip>
        </li>
      ))}
      {people.length > mostShown ? (
        <li className="pl-2.5 text-xs text-muted tabular">+{people.length - mostShown}</li>
      ) : null}
    </ul>
  );
}
