'use client';

import {
  Fragment,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import { cn } from '@/components/ui/cn';

export type Suggestion = {
  key: string;
  label: string;
  hint?: string | undefined;
  /** Under which heading it stands, beside others of its group. */
  group?: string | undefined;
  mark?: ReactNode;
  take: () => void;
};

/**
 * What can be chosen while somebody writes, as a list above the text: arrow keys move, Enter or Tab takes, Escape closes. The
 * focus stays in the text.
 */
export function useSuggestions(items: readonly Suggestion[], place: string) {
  const id = useId();
  const [at, setAt] = useState({ place: '', index: 0 });
  const [closed, setClosed] = useState('');
  const open = items.length > 0 && closed !== place;
  const index = at.place === place ? Math.min(at.index, items.length - 1) : 0;
  const move = (by: number) => setAt({ place, index: (index + by + items.length) % items.length });
  return {
    open,
    /** Of the text field. */
    field: {
      'aria-autocomplete': 'list' as const,
      'aria-controls': open ? id : undefined,
      'aria-activedescendant': open ? `${id}-${index}` : undefined,
    },
    /** Whether the list has taken the key. */
    onKeyDown(event: KeyboardEvent): boolean {
      if (!open || event.nativeEvent.isComposing) return false;
      if (event.key === 'ArrowDown') move(1);
      else if (event.key === 'ArrowUp') move(-1);
      else if (event.key === 'Escape') setClosed(place);
      else if (event.key === 'Tab' || (event.key === 'Enter' && !event.shiftKey))
        items[index]?.take();
      else return false;
      event.preventDefault();
      event.stopPropagation();
      return true;
    },
    list: open ? { id, index, items } : undefined,
  };
}

type ListProps = {
  label: string;
  list: { id: string; index: number; items: readonly Suggestion[] } | undefined;
};

export function SuggestionList({ label, list }: ListProps) {
  if (list === undefined) return null;
  return <OpenList label={label} list={list} />;
}

function OpenList({ label, list }: { label: string; list: NonNullable<ListProps['list']> }) {
  const { id, index, items } = list;
  const box = useRef<HTMLDivElement>(null);
  // What is chosen by keys stays in sight.
  useEffect(() => {
    box.current?.querySelector(`[id="${id}-${index}"]`)?.scrollIntoView?.({ block: 'nearest' });
  }, [id, index]);
  return (
    <div
      id={id}
      ref={box}
      role="listbox"
      aria-label={label}
      className="absolute right-0 bottom-full left-0 z-10 mb-1 max-h-64 overflow-y-auto rounded-lg border border-border-strong bg-raised p-1 shadow-pop"
    >
      {items.map(({ key, label: name, hint, group, mark, take }, at) => (
        <Fragment key={key}>
          {group !== undefined && group !== items[at - 1]?.group ? (
            <div role="presentation" className="px-2 pt-1.5 pb-0.5 text-xs text-faint">
              {group}
            </div>
          ) : null}
          <div
            id={`${id}-${at}`}
            role="option"
            tabIndex={-1}
            aria-selected={at === index}
            // The text keeps the focus.
            onMouseDown={(event) => {
              event.preventDefault();
              take();
            }}
            className={cn(
              'flex h-8 cursor-default items-center gap-2 rounded-md px-2 hover:bg-hover',
              at === index && 'bg-active',
            )}
          >
            {mark}
            <span className="max-w-[70%] shrink-0 truncate">{name}</span>
            <span className="min-w-0 flex-1 truncate text-xs text-faint">{hint}</span>
          </div>
        </Fragment>
      ))}
    </div>
  );
}
