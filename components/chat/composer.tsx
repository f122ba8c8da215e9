'use client';

import { ArrowUp, Square } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useState } from 'react';
import { unsent } from '@/components/data/unsent';
import { IconButton } from '@/components/ui/controls/icon-button';

type Props = {
  /** False while there is nobody to write to, or somebody may not write. */
  enabled: boolean;
  placeholder: string;
  /** An answer is being written: sending waits, and it can be stopped. */
  answering: boolean;
  stopping: boolean;
  /** Under which key what is typed is kept while it is not sent. */
  storageKey: string;
  onSend: (text: string) => void;
  onStop: () => void;
  /** Left of the buttons: the agent picker, a note. */
  children?: ReactNode;
};

/** Where one writes: Enter sends, Shift+Enter makes a new line. */
export function Composer(props: Props) {
  const { enabled, placeholder, answering, stopping, onSend, onStop, children } = props;
  const { storageKey: place } = props;
  const [text, setText] = useState('');
  // After the first paint: the server does not know it.
  useEffect(() => setText(unsent.get(place)), [place]);
  const write = (next: string) => {
    setText(next);
    unsent.set(place, next);
  };
  const ready = enabled && !answering && text.trim() !== '';
  const send = () => {
    if (!ready) return;
    onSend(text.trim());
    write('');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  return (
    <div className="mx-auto w-full max-w-[720px] shrink-0 px-4 pb-4">
      <form
        className="rounded-lg border border-border-strong bg-surface transition-colors duration-100 focus-within:border-accent"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <textarea
          aria-label="Message"
          value={text}
          rows={1}
          maxLength={50_000}
          disabled={!enabled}
          placeholder={placeholder}
          onChange={(event) => write(event.target.value)}
          onKeyDown={onKeyDown}
          className="block field-sizing-content max-h-[40vh] min-h-10 w-full resize-none bg-transparent px-3 pt-2.5 text-base outline-none placeholder:text-faint"
        />
        <div className="flex min-h-9 items-center gap-2 pr-1.5 pb-1.5 pl-2">
          <div className="flex min-w-0 flex-1 items-center gap-2">{children}</div>
          {answering ? (
            <IconButton
              label="Stop the answer"
              disabled={stopping}
              onClick={onStop}
              className="border border-border-strong"
            >
              <Square className="!size-3 fill-current" />
            </IconButton>
          ) : (
            <IconButton
              type="submit"
              label="Send"
              keys={['Enter']}
              disabled={!ready}
              className="bg-accent-solid text-white hover:bg-accent-solid hover:text-white"
            >
              <ArrowUp />
            </IconButton>
          )}
        </div>
      </form>
    </div>
  );
}
