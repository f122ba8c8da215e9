'use client';

import { ArrowUp, Square } from 'lucide-react';
import {
  type ClipboardEvent,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useState,
} from 'react';
import { unsent } from '@/components/data/unsent/unsent';
import { useAttachments } from '@/components/files/use-attachments';
import { useFileDrop } from '@/components/files/use-file-drop';
import { cn } from '@/components/ui/cn';
import { IconButton } from '@/components/ui/controls/icon-button';
import type { AttachedFile } from '@/lib/chat/attached';
import type { Mark } from '@/lib/chat/marks/mark';
import { type AskedAgent, AskedAgents } from './asked-agents';
import { AttachButton, AttachedFiles } from './attaching';
import { NamedMarks } from './marks/mark-chips';
import { SuggestionList } from './marks/suggestions';
import { type Marking, useMarking } from './marks/use-marking';
import { ToldLine } from './told-line';
import { useAsking } from './use-asking';
import { type Commands, useCommanding } from './use-commanding';

type Props = {
  /** False while there is nobody to write to, or somebody may not write. */
  enabled: boolean;
  placeholder: string;
  /** An answer is being written: sending waits, and it can be stopped. */
  answering: boolean;
  stopping: boolean;
  /** Under which key what is typed is kept while it is not sent. */
  storageKey: string;
  /** Files can be sent along. */
  takesFiles?: boolean;
  /** Where files can be dropped. */
  dropArea?: HTMLElement | null;
  /** Agents that can be asked with `@`. */
  agents?: readonly AskedAgent[];
  /** Things can be named with `#`. */
  marking?: Marking | undefined;
  onSend: (
    text: string,
    files: AttachedFile[],
    agents: string[],
    together: boolean,
    marks: Mark[],
  ) => void;
  /** Does a line that is a command; without it there are none. */
  commands?: Commands | undefined;
  onStop: () => void;
  /** Left of the buttons: the agent picker, a note. */
  children?: ReactNode;
};

/** Where one writes and attaches files: Enter sends, Shift+Enter makes a new line. */
export function Composer(props: Props) {
  const { enabled, placeholder, answering, stopping, onSend, onStop, children } = props;
  const { storageKey: place, takesFiles = false, dropArea = null, agents = [] } = props;
  const [text, setText] = useState('');
  const [caret, setCaret] = useState(0);
  // After the first paint: the server does not know it.
  useEffect(() => setText(unsent.get(place)), [place]);
  const write = (next: string) => {
    setText(next);
    setCaret(next.length);
    unsent.set(place, next);
  };
  const commanding = useCommanding({ text, caret }, write, enabled ? props.commands : undefined);
  const attachments = useAttachments(`${place}:files`);
  const attach = enabled && takesFiles ? attachments.add : undefined;
  const dropping = useFileDrop(dropArea, attach);
  const files = attachments.all.flatMap((one) => (one.state === 'done' ? [one.file] : []));
  const said = text.trim() !== '' || files.length > 0;
  const ready =
    enabled &&
    (commanding.isCommand ? !commanding.pending : !answering && !attachments.pending && said);
  const send = () => {
    if (commanding.isCommand) {
      void commanding.send();
      return;
    }
    if (!ready) return;
    onSend(text.trim(), files, asking.ids, asking.together, marking.named);
    write('');
    attachments.clear();
    asking.clear();
    marking.clear();
  };
  const asking = useAsking(agents, { text, caret, place }, write);
  const marking = useMarking(props.marking, { text, caret, place }, write);
  const onKeyDown = (event: KeyboardEvent) => {
    if ([commanding, asking, marking].some((each) => each.onKeyDown(event))) return;
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  return (
    <div className="mx-auto w-full max-w-[720px] shrink-0 px-4 pb-4">
      <form
        className={cn(
          'relative rounded-lg border border-border-strong bg-surface transition-colors duration-100 focus-within:border-accent',
          dropping && 'border-accent bg-accent-soft',
        )}
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <SuggestionList label="Agents" list={asking.list} />
        <SuggestionList label="Commands" list={commanding.list} />
        <SuggestionList label="Things to name" list={marking.list} />
        <ToldLine commanding={commanding} />
        <AskedAgents asking={asking} text={text} />
        <NamedMarks marking={marking} />
        <AttachedFiles
          attachments={attachments.all}
          onRemove={attachments.remove}
          onTakeHere={attachments.takeHere}
        />
        <textarea
          aria-label="Message"
          value={text}
          rows={1}
          maxLength={50_000}
          disabled={!enabled}
          placeholder={dropping ? 'Drop files to attach them' : placeholder}
          onPaste={(event) => takePasted(event, attach)}
          onChange={(event) => {
            write(event.target.value);
            setCaret(event.target.selectionStart);
          }}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
          {...([commanding, marking].find(({ open }) => open) ?? asking).field}
          onKeyDown={onKeyDown}
          className="block field-sizing-content max-h-[40vh] min-h-10 w-full resize-none bg-transparent px-3 pt-2.5 text-base outline-none placeholder:text-faint"
        />
        <div className="flex min-h-9 items-center gap-2 pr-1.5 pb-1.5 pl-2">
          {attach ? <AttachButton onFiles={attach} /> : null}
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

function takePasted(
  event: ClipboardEvent,
  attach: ((files: readonly File[]) => void) | undefined,
): void {
  const pasted = [...event.clipboardData.files];
  // A copied table or picture of a page comes as text, too: then the text is meant.
  if (!attach || pasted.length === 0 || event.clipboardData.types.includes('text/plain')) return;
  event.preventDefault();
  attach(pasted);
}
