'use client';

import { useEffect, useRef, useState } from 'react';
import { useBlame } from '@/components/data/history-queries';
import { Avatar } from '@/components/icons/avatar';
import { useObservable } from '@/components/observable/use-observable';
import { useGraph, useSession } from '@/components/session/session';
import { TimeAgo } from '@/components/ui/display/time-ago';

/** By then the server has what was typed. */
const savedMs = 1_000;

type Props = { nodeId: string; path: readonly (string | number)[] };

/** Beside a field's name, while one points at the field or edits it: who last changed it, and when. */
export function FieldAuthor({ nodeId, path }: Props) {
  const element = useRef<HTMLSpanElement>(null);
  const wanted = useAuthorWanted(element);
  return (
    <span ref={element} className="min-w-0 truncate text-2xs text-faint">
      {wanted ? <Author nodeId={nodeId} path={path} /> : null}
    </span>
  );
}

/** Whether one points at the field or has the focus in it; a field within it counts for itself alone. */
function useAuthorWanted(element: React.RefObject<HTMLElement | null>): boolean {
  const [hovered, setHovered] = useState(false);
  const [focused, setFocused] = useState(false);
  useEffect(() => {
    const field = element.current?.closest('[data-field]');
    if (!field) return undefined;
    const own = (target: EventTarget | null) =>
      target instanceof Element && target.closest('[data-field]') === field;
    const onOver = (event: Event) => setHovered(own(event.target));
    const onLeave = () => setHovered(false);
    const onFocus = (event: Event) => setFocused(own(event.target));
    const onBlur = () => setFocused(false);
    field.addEventListener('pointerover', onOver);
    field.addEventListener('pointerleave', onLeave);
    field.addEventListener('focusin', onFocus);
    field.addEventListener('focusout', onBlur);
    return () => {
      field.removeEventListener('pointerover', onOver);
      field.removeEventListener('pointerleave', onLeave);
      field.removeEventListener('focusin', onFocus);
      field.removeEventListener('focusout', onBlur);
    };
  }, [element]);
  return hovered || focused;
}

function Author({ nodeId, path }: Props) {
  const { workflowId, copy, people } = useSession();
  const { data, refetch } = useBlame(workflowId, nodeId);
  const alone = useObservable(people, (now) => now.length === 0);
  // What is typed here, by oneself or by others, makes somebody else the last one.
  const node = useGraph((graph) => graph.nodes.get(nodeId));
  const seen = useRef(node);
  useEffect(() => {
    if (seen.current === node) return undefined;
    seen.current = node;
    const timer = setTimeout(() => void refetch(), savedMs);
    return () => clearTimeout(timer);
  }, [node, refetch]);
  if (!data) return null;
  const field = `config.${path.join('.')}`;
  const [last] = Object.entries(data.fields)
    .filter(([name]) => name === field || name.startsWith(`${field}.`))
    .map(([, touch]) => touch)
    .sort((a, b) => (a.at < b.at ? 1 : -1));
  const touch = last ?? data.created;
  // To who works alone, that it was oneself says nothing.
  if (alone && touch.by?.id === copy.userId) return null;
  const name = touch.by?.name ?? 'Someone';
  return (
    <span
      data-field-author
      title={
        last ? `${name} last changed this` : `${name} created this step; this was not changed since`
      }
      className="inline-flex max-w-full items-center gap-1 align-middle"
    >
      <Avatar name={name} {...(touch.by ? { id: touch.by.id } : {})} size={16} />
      <span className="truncate">
        {name} · <TimeAgo at={touch.at} />
      </span>
    </span>
  );
}
