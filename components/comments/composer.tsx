'use client';

import { ArrowUp } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { unsent } from '@/components/data/unsent/unsent';
import { Avatar } from '@/components/icons/avatar';
import { useActor } from '@/components/shell/actor-context';
import { cn } from '@/components/ui/cn';
import { Button } from '@/components/ui/controls/button';
import { IconButton } from '@/components/ui/controls/icon-button';
import { handleOf, type Mentionable, toBody, toTyped } from '@/lib/comments/mentions';
import { commentLimits } from '@/lib/comments/schema';
import { type Completion, completionAt } from './completion';
import { usePeople } from './use-people';

type Props = {
  /** What is typed is kept under this until it is sent. */
  draftKey: string;
  label: string;
  placeholder: string;
  /** A comment that is being changed. */
  body?: string;
  focus?: boolean;
  /** Rejects when it could not be sent: the text stays. */
  onSend: (body: string) => Promise<unknown>;
  onCancel?: () => void;
};

/** Where a comment is written: `@` completes names, Mod+Enter sends. */
export function Composer(props: Props) {
  const { draftKey: keep, label, placeholder, onCancel } = props;
  const people = usePeople();
  const field = useRef<HTMLTextAreaElement>(null);
  const writing = useWriting(props, people);
  const names = useNames(field, writing, people);
  const editing = props.body !== undefined;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (names.onKeyDown(event)) return;
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
      event.preventDefault();
      event.stopPropagation();
      void writing.send();
    }
  };
  useEffect(() => {
    if (!props.focus) return;
    const { current } = field;
    current?.focus({ preventScroll: true });
    current?.setSelectionRange(current.value.length, current.value.length);
  }, [props.focus]);
  return (
    <div className="relative" data-shortcuts="off">
      {names.list}
      <div className="rounded-md border border-border-strong bg-surface transition-colors duration-100 focus-within:border-accent">
        <textarea
          ref={field}
          key={keep}
          aria-label={label}
          aria-autocomplete="list"
          {...names.aria}
          rows={1}
          value={writing.text}
          maxLength={commentLimits.bodyLength}
          placeholder={placeholder}
          onChange={(event) => {
            writing.set(event.target.value);
            names.look(event.target);
          }}
          onSelect={(event) => names.look(event.currentTarget)}
          onBlur={names.close}
          onKeyDown={onKeyDown}
          className="block field-sizing-content max-h-48 min-h-8 w-full resize-none bg-transparent px-2.5 py-1.5 text-sm outline-none placeholder:text-faint max-sm:text-base"
        />
        <div className="flex items-center justify-end gap-1 px-1 pb-1">
          {editing ? (
            <>
              <Button size="sm" variant="ghost" onClick={onCancel}>
                Cancel
              </Button>
              <Button
                size="sm"
                variant="primary"
                loading={writing.sending}
                disabled={!writing.ready}
                onClick={() => void writing.send()}
              >
                Save
              </Button>
            </>
          ) : (
            <IconButton
              label="Send"
              keys={['Mod', 'Enter']}
              size="sm"
              disabled={!writing.ready}
              onClick={() => void writing.send()}
              className={cn(
                writing.ready &&
                  'bg-accent-solid text-white hover:bg-accent-solid hover:text-white',
              )}
            >
              <ArrowUp className="!size-3.5" />
            </IconButton>
          )}
        </div>
      </div>
      {writing.error === undefined ? null : (
        <p role="alert" className="mt-1 text-xs text-danger">
          {writing.error}
        </p>
      )}
    </div>
  );
}

type Writing = ReturnType<typeof useWriting>;

/** The text, stored under its key until it is sent. */
function useWriting({ draftKey: place, body, onSend }: Props, people: readonly Mentionable[]) {
  const keep = `${useActor().userId}:${place}`;
  const stored = () => unsent.get(keep) || (body === undefined ? '' : toTyped(body, people));
  const [text, setText] = useState(stored);
  const [sending, setSending] = useState(false);
  const [error, setError] = useState<string>();
  const set = (next: string) => {
    setText(next);
    setError(undefined);
    unsent.set(keep, next);
  };
  const ready = !sending && text.trim() !== '';
  const send = async () => {
    if (!ready) return;
    setSending(true);
    setError(undefined);
    try {
      await onSend(toBody(text.trim(), people));
      set('');
    } catch (failure) {
      setError(failure instanceof Error ? failure.message : 'The comment was not sent. Try again.');
    } finally {
      setSending(false);
    }
  };
  return { text, set, ready, sending, send, error };
}

/** The list of names below an `@`. */
function useNames(
  field: React.RefObject<HTMLTextAreaElement | null>,
  writing: Writing,
  people: readonly Mentionable[],
) {
  const id = useId();
  const [found, setFound] = useState<Completion>();
  const [active, setActive] = useState(0);
  const close = () => setFound(undefined);
  const look = ({ value, selectionStart, selectionEnd }: HTMLTextAreaElement) => {
    const next =
      selectionStart === selectionEnd ? completionAt(value, selectionStart, people) : undefined;
    setFound(next);
    setActive((now) => (next && now < next.people.length ? now : 0));
  };
  const pick = (person: Mentionable) => {
    const { current } = field;
    if (!current || !found) return;
    const end = current.selectionEnd + (current.value[current.selectionEnd] === ' ' ? 1 : 0);
    // Into the field itself, so that the caret is right before the next key.
    current.setRangeText(`${handleOf(person, people)} `, found.from, end, 'end');
    writing.set(current.value);
    close();
  };
  // The names may come after the `@`.
  useEffect(() => {
    const { current } = field;
    if (current && document.activeElement === current) {
      setFound(completionAt(current.value, current.selectionStart, people));
    }
  }, [field, people]);
  const onKeyDown = (event: KeyboardEvent): boolean => {
    if (!found) return false;
    const count = found.people.length;
    const chosen = found.people[active];
    if (event.key === 'ArrowDown') setActive((active + 1) % count);
    else if (event.key === 'ArrowUp') setActive((active + count - 1) % count);
    else if (event.key === 'Escape') close();
    else if ((event.key === 'Enter' || event.key === 'Tab') && chosen && !event.shiftKey) {
      pick(chosen);
    } else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  return {
    close,
    look,
    onKeyDown,
    aria: found
      ? {
          'aria-controls': id,
          'aria-activedescendant': `${id}-${active}`,
          // Escape closes the list, not what is around it.
          'data-completing': true,
        }
      : {},
    list: found ? (
      <ul
        id={id}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a list of names is a listbox while one is chosen
        role="listbox"
        aria-label="People"
        className="absolute bottom-full left-0 z-10 mb-1 w-56 overflow-hidden rounded-lg border border-border-strong bg-raised p-1 shadow-pop"
      >
        {found.people.map((person, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the text field's
          // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the text field
          <li
            key={person.id}
            id={`${id}-${index}`}
            // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: see the list
            role="option"
            aria-selected={index === active}
            onPointerDown={(event) => event.preventDefault()}
            onPointerMove={() => setActive(index)}
            onClick={() => pick(person)}
            className="flex h-7 items-center gap-2 rounded-md px-1.5 text-sm aria-selected:bg-hover"
          >
            <Avatar name={person.name} id={person.id} size={16} />
            <span className="min-w-0 flex-1 truncate">{handleOf(person, people)}</span>
          </li>
        ))}
      </ul>
    ) : null,
  };
}
