'use client';

import { Crosshair, Eye, EyeOff } from 'lucide-react';
import { PersonMark } from '@/components/icons/person-mark';
import { type Session, useLocal, useSession } from '@/components/session/session';
import { cn } from '@/components/ui/cn';
import { Tooltip } from '@/components/ui/controls/tooltip';
import { ContextMenu, ContextMenuItem } from '@/components/ui/overlays/context-menu';
import type { Person } from './activity';

/** Somebody in the bar. Who visits edits without having the workflow open: over the API, or as the product itself. */
export type Shown = Pick<Person, 'id' | 'name' | 'color' | 'status' | 'nodeId' | 'agent'> & {
  /** What they do, to follow their name. */
  what: string;
  busy: boolean;
  visiting: boolean;
};

/** Goes to the step that somebody has open, else to their pointer, else to what they see. */
export function jumpToPerson(session: Session, { id, nodeId }: Pick<Shown, 'id' | 'nodeId'>): void {
  if (nodeId !== undefined && session.graph.get().nodes.has(nodeId)) {
    session.jumpTo([nodeId]);
    return;
  }
  const tabs = session.people.get().filter(({ user }) => user.id === id);
  const { cursor } = tabs.find((tab) => tab.cursor) ?? {};
  const { view } = tabs.find((tab) => tab.view) ?? {};
  if (cursor) session.centreOn(cursor);
  else if (view) {
    session.centreOn({ x: view.x + view.width / 2, y: view.y + view.height / 2 });
  }
}

/** A person as a round mark: dimmed while idle or away, ringed while they are followed. */
export function PersonAvatar({ person }: { person: Shown }) {
  const session = useSession();
  const followed = useLocal(({ following }) => following?.id === person.id);
  const { id, name, color, what, visiting } = person;
  const follow = () => session.actions.follow(followed ? undefined : { id, name, color });
  const mark = (
    <span
      className={cn(
        'block bg-surface transition-opacity duration-150',
        person.agent ? 'rounded-[6px]' : 'rounded-full',
        person.status !== 'active' && 'opacity-50 grayscale-[0.5]',
      )}
    >
      <PersonMark name={name} color={color} size={24} square={person.agent !== undefined} />
    </span>
  );
  if (visiting) {
    return (
      <Tooltip
        label={`${name} is editing through the API or an automatic repair, not in the editor`}
      >
        <span
          role="img"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the explanation in the tooltip must be reachable by keyboard
          tabIndex={0}
          aria-label={`${name}, editing through the API`}
          className="block rounded-full border border-dashed border-faint bg-surface p-px"
        >
          {mark}
        </span>
      </Tooltip>
    );
  }
  return (
    <ContextMenu
      trigger={
        <span className="block rounded-full">
          <Tooltip
            label={
              <span>
                {name} {what}
                <span className="block text-faint">
                  {followed ? 'Click to stop following' : 'Click to follow, Shift+click to jump'}
                </span>
              </span>
            }
          >
            <button
              type="button"
              aria-label={`${followed ? 'Stop following' : 'Follow'} ${name}, who ${what}`}
              aria-pressed={followed}
              onClick={(event) => (event.shiftKey ? jumpToPerson(session, person) : follow())}
              style={followed ? { boxShadow: `0 0 0 2px var(--surface), 0 0 0 4px ${color}` } : {}}
              className={cn(
                'relative block bg-surface ring-2 ring-surface',
                person.agent ? 'rounded-[6px]' : 'rounded-full',
              )}
            >
              {mark}
            </button>
          </Tooltip>
        </span>
      }
    >
      <ContextMenuItem onSelect={follow}>
        {followed ? <EyeOff /> : <Eye />} {followed ? 'Stop following' : `Follow ${name}`}
      </ContextMenuItem>
      <ContextMenuItem onSelect={() => jumpToPerson(session, person)}>
        <Crosshair /> Jump to {name}
      </ContextMenuItem>
    </ContextMenu>
  );
}
