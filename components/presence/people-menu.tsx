'use client';

import { PersonMark } from '@/components/icons/person-mark';
import { useSession } from '@/components/session/session';
import {
  DropdownMenu,
  DropdownMenuItem,
  DropdownMenuLabel,
} from '@/components/ui/overlays/dropdown-menu';
import { jumpToPerson, type Shown } from './person-avatar';

/** Everybody who is here, where they do not all fit into the bar. */
export function PeopleMenu({ people, hidden }: { people: readonly Shown[]; hidden: number }) {
  const session = useSession();
  return (
    <DropdownMenu
      align="end"
      className="max-h-80 w-72 overflow-y-auto"
      trigger={
        <button
          type="button"
          aria-label={`${hidden} more people`}
          className="flex size-6 items-center justify-center rounded-full bg-active text-2xs font-medium text-muted ring-2 ring-surface tabular hover:text-fg"
        >
          +{hidden}
        </button>
      }
    >
      <DropdownMenuLabel>Choose a person to jump to</DropdownMenuLabel>
      {people.map((person) => (
        <DropdownMenuItem
          key={person.id}
          disabled={person.visiting}
          onSelect={() => jumpToPerson(session, person)}
        >
          <PersonMark
            name={person.name}
            color={person.color}
            size={18}
            square={person.agent !== undefined}
          />
          <span className="min-w-0 flex-1 truncate">
            {person.name} <span className="text-faint">{person.what}</span>
          </span>
        </DropdownMenuItem>
      ))}
    </DropdownMenu>
  );
}
