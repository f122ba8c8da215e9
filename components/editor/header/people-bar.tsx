'use client';

import { useMemo } from 'react';
import { useObservable } from '@/components/observable/use-observable';
import { doing, personsOf } from '@/components/presence/activity';
import { PeopleMenu } from '@/components/presence/people-menu';
import { PersonAvatar, type Shown } from '@/components/presence/person-avatar';
import { useGraph, useSession } from '@/components/session/session';
import { personColor } from '@/lib/realtime/person-color';

const maxShown = 5;

/** Who else is here, and what they are doing. A click follows them; the menu, or Shift and a click, jumps to them. */
export function PeopleBar() {
  const session = useSession();
  // One line: it changes when somebody comes, goes or does something else, not with each move of a pointer.
  const line = useObservable(session.people, (people) => JSON.stringify(personsOf(people)));
  const persons = useMemo(() => JSON.parse(line) as ReturnType<typeof personsOf>, [line]);
  const actions = useGraph(({ nodes }) =>
    JSON.stringify(persons.map((person) => doing(person, (id) => nodes.get(id)?.name))),
  );
  const visitors = useObservable(session.together, (now) => now.visitors);
  const people = useMemo(() => {
    const whats = JSON.parse(actions) as string[];
    const here = persons.map((person, index): Shown => {
      const what = whats[index] ?? '';
      return {
        ...person,
        what,
        busy: what.startsWith('is editing') || person.agent !== undefined,
        visiting: false,
      };
    });
    const away = visitors
      .filter(({ id }) => !persons.some((person) => person.id === id))
      .map(({ id, name }): Shown => {
        const color = personColor(id);
        return { id, name, color, status: 'active', what: 'edits', busy: true, visiting: true };
      });
    return [...away, ...here];
  }, [persons, actions, visitors]);
  if (people.length === 0) return null;
  const shown = people.length > maxShown ? people.slice(0, maxShown - 1) : people;
  const busy = people.find((person) => person.busy);
  return (
    <>
      {busy ? (
        <p className="min-w-0 max-w-56 truncate text-xs text-faint max-xl:hidden">
          {busy.name} {busy.visiting ? 'is editing through the API' : busy.what}
        </p>
      ) : null}
      <ul aria-label="Also here" className="flex items-center -space-x-1.5">
        {shown.map((person) => (
          <li key={person.id}>
            <PersonAvatar person={person} />
          </li>
        ))}
        {people.length > shown.length ? (
          <li>
            <PeopleMenu people={people} hidden={people.length - shown.length} />
          </li>
        ) : null}
      </ul>
    </>
  );
}
