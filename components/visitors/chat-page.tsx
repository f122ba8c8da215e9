'use client';

import { ArrowDown, RotateCcw } from 'lucide-react';
import { Composer } from '@/components/chat/composer';
import { useStickToEnd } from '@/components/chat/use-stick-to-end';
import { Button } from '@/components/ui/controls/button';
import { toastError } from '@/components/ui/controls/toast';
import type { SharedChat } from '@/lib/chat/visitors/contract';
import { FromChat, FromVisitor, SharedAnswer } from './shared-message';
import { useVisit } from './use-visit';

/** A chat that was shared by link: nothing of the product around it, and of each answer its text alone. */
export function SharedChatPage({ token, view }: { token: string; view: SharedChat }) {
  const visit = useVisit(token, view);
  const { chat, answering } = visit;
  return (
    <main className="flex h-dvh flex-col bg-surface">
      <header className="flex h-12 shrink-0 items-center gap-3 border-b px-4">
        <h1 className="min-w-0 flex-1 truncate text-base font-semibold">{chat.name}</h1>
        {chat.messages.length > 0 ? (
          <Button size="sm" variant="ghost" disabled={answering} onClick={visit.restart}>
            <RotateCcw aria-hidden /> New conversation
          </Button>
        ) : null}
      </header>
      <Conversation visit={visit} />
      <Composer
        storageKey={`visitor:${token}`}
        enabled={chat.open}
        placeholder={chat.open ? 'Write a message…' : 'This chat does not answer at the moment.'}
        answering={answering}
        stopping={false}
        onSend={(text) => void visit.send(text)}
        onStop={() => {
          visit.stop().catch((error: unknown) => toastError('The answer was not stopped', error));
        }}
      >
        <span className="truncate px-1 text-xs text-faint">Never send passwords.</span>
      </Composer>
    </main>
  );
}

function Conversation({ visit }: { visit: ReturnType<typeof useVisit> }) {
  const { chat, soFar, outgoing } = visit;
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
          className="mx-auto w-full max-w-[720px] space-y-5 px-4 py-6"
        >
          {chat.greeting ? <FromChat name={chat.name} text={chat.greeting} /> : null}
          {chat.messages.map((message, index) =>
            message.by === 'visitor' ? (
              <FromVisitor key={message.id} text={message.text} />
            ) : (
              <SharedAnswer
                key={message.id}
                name={chat.name}
                message={message}
                soFar={index === chat.messages.length - 1 ? soFar : ''}
              />
            ),
          )}
          {outgoing ? <OnItsWay outgoing={outgoing} visit={visit} /> : null}
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

type OnItsWayProps = {
  outgoing: NonNullable<ReturnType<typeof useVisit>['outgoing']>;
  visit: ReturnType<typeof useVisit>;
};

function OnItsWay({ outgoing: { text, error }, visit }: OnItsWayProps) {
  return (
    <>
      <FromVisitor text={text} pending={error === undefined} />
      {error === undefined ? null : (
        <div role="alert" className="flex flex-wrap items-center justify-end gap-2 text-danger">
          <span>Not sent: {error}</span>
          <Button size="sm" onClick={() => void visit.retry()}>
            Send again
          </Button>
          <Button size="sm" variant="ghost" onClick={visit.discard}>
            Discard
          </Button>
        </div>
      )}
    </>
  );
}
