'use client';

import { ArrowDown } from 'lucide-react';
import { Fragment, type ReactNode } from 'react';
import { Avatar } from '@/components/icons/avatar';
import { Button } from '@/components/ui/controls/button';
import { Markdown } from '@/components/ui/display/markdown';
import { TimeAgo } from '@/components/ui/display/time-ago';
import type { AttachedFile } from '@/lib/chat/attached';
import type { Message, Thread } from '@/lib/chat/contract';
import { Answer } from './answer';
import { SentFiles } from './attaching';
import type { Outgoing } from './use-sending';
import { useStickToEnd } from './use-stick-to-end';
import { WorkflowMark } from './workflow-mark';

type Props = {
  messages: Message[];
  /** Who answers, and the workflow that does where no agent does. */
  name: string;
  workflow: Thread['workflow'] | undefined;
  outgoing: Outgoing | undefined;
  /** Who is writing, for the message on its way. */
  author: { userId: string; name: string };
  onRetryOutgoing: () => void;
  onDiscardOutgoing: () => void;
  /** Writes a text again, with its files, after a failed answer. */
  onAskAgain?: (text: string, files: AttachedFile[]) => void;
};

/** The messages of a thread; stays at the end while an answer grows, unless one has scrolled up. */
export function MessageList(props: Props) {
  const { messages, name, workflow, outgoing, author, onAskAgain } = props;
  const { scroller, content, away, toEnd } = useStickToEnd();
  return (
    <div className="relative min-h-0 flex-1">
      <section
        ref={scroller}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label="Messages"
        className="h-full overflow-y-auto -outline-offset-2"
      >
        <div
          ref={content}
          role="log"
          aria-label="Conversation"
          className="mx-auto w-full max-w-[720px] space-y-6 px-4 py-6"
        >
          {workflow?.greeting ? (
            <FromAgent name={name} mark={<WorkflowMark />}>
              <Markdown text={workflow.greeting} />
            </FromAgent>
          ) : null}
          {messages.map((message, index) => (
            <Fragment key={message.id}>
              {message.role === 'user' ? (
                <FromPerson name={message.authorName} id={message.authorId} at={message.createdAt}>
                  <PersonsWords text={message.text} files={message.files} />
                </FromPerson>
              ) : (
                <FromAgent
                  name={message.authorName}
                  at={message.createdAt}
                  mark={workflow ? <WorkflowMark /> : undefined}
                >
                  <Answer
                    workflow={workflow != null}
                    message={message}
                    onRetry={
                      onAskAgain && index === messages.length - 1
                        ? () => askAgain(messages[index - 1], onAskAgain)
                        : undefined
                    }
                  />
                </FromAgent>
              )}
            </Fragment>
          ))}
          {outgoing ? <OnItsWay {...props} outgoing={outgoing} author={author} /> : null}
        </div>
      </section>
      {away ? (
        <Button
          size="sm"
          className="absolute bottom-2 left-1/2 -translate-x-1/2 shadow-pop"
          onClick={toEnd}
        >
          <ArrowDown aria-hidden /> Latest
        </Button>
      ) : null}
    </div>
  );
}

type FromProps = { name: string; id?: string; at?: string; children: ReactNode };

function FromPerson({ name, id, at, children }: FromProps) {
  return (
    <article aria-label={`${name} wrote`} className="flex gap-3">
      <Avatar name={name} id={id} size={24} />
      <div className="min-w-0 flex-1">
        <Byline name={name} at={at} />
        {children}
      </div>
    </article>
  );
}

type Words = { text: string; files: readonly (AttachedFile & { deleted?: boolean })[] };

function PersonsWords({ text, files }: Words) {
  return (
    <>
      {text ? <p className="text-base break-words whitespace-pre-wrap">{text}</p> : null}
      <SentFiles files={files} />
    </>
  );
}

/** The same again; a file that is gone stays out. */
function askAgain(question: Message | undefined, ask: NonNullable<Props['onAskAgain']>): void {
  const there = (question?.files ?? []).filter(({ deleted }) => !deleted);
  const files = there.map(({ deleted: _, ...file }) => file);
  ask(question?.text ?? '', files);
}

function FromAgent({ name, at, mark, children }: Omit<FromProps, 'id'> & { mark?: ReactNode }) {
  return (
    <article aria-label={`${name} answered`} className="flex gap-3">
      {mark ?? <Avatar name={name} size={24} square />}
      <div className="min-w-0 flex-1">
        <Byline name={name} at={at} />
        {children}
      </div>
    </article>
  );
}

function Byline({ name, at }: { name: string; at?: string }) {
  return (
    <header className="mb-0.5 flex h-6 items-center gap-2">
      <span className="font-medium">{name}</span>
      {at ? <TimeAgo at={at} className="text-xs text-faint tabular" /> : null}
    </header>
  );
}

type OnItsWayProps = Pick<Props, 'author' | 'onRetryOutgoing' | 'onDiscardOutgoing'> & {
  outgoing: Outgoing;
};

function OnItsWay({ outgoing, author, onRetryOutgoing, onDiscardOutgoing }: OnItsWayProps) {
  return (
    <div className={outgoing.error ? '' : 'opacity-70'}>
      <FromPerson name={author.name} id={author.userId}>
        <PersonsWords text={outgoing.text} files={outgoing.files} />
      </FromPerson>
      {outgoing.error ? (
        <div role="alert" className="mt-2 ml-9 flex flex-wrap items-center gap-2 text-danger">
          <span>Not sent: {outgoing.error.message}</span>
          <Button size="sm" onClick={onRetryOutgoing}>
            Send again
          </Button>
          <Button size="sm" variant="ghost" onClick={onDiscardOutgoing}>
            Discard
          </Button>
        </div>
      ) : null}
    </div>
  );
}
