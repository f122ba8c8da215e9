import { WorkflowMark } from '@/components/chat/workflow-mark';
import { Markdown } from '@/components/ui/display/markdown';
import { Spinner } from '@/components/ui/spinner';
import type { VisitorMessage } from '@/lib/chat/visitors/contract';

/** What the visitor wrote, at the right. */
export function FromVisitor({ text, pending = false }: { text: string; pending?: boolean }) {
  return (
    <article aria-label="You wrote" className={pending ? 'opacity-70' : ''}>
      <p className="ml-auto w-fit max-w-[85%] rounded-lg bg-active px-3 py-2 text-base break-words whitespace-pre-wrap">
        {text}
      </p>
    </article>
  );
}

type FromChatProps = { name: string; text: string; streaming?: boolean };

/** What the chat says. */
export function FromChat({ name, text, streaming = false }: FromChatProps) {
  return (
    <Article name={name}>
      <Markdown text={text} streaming={streaming} />
    </Article>
  );
}

type AnswerProps = { name: string; message: VisitorMessage; soFar: string };

/** An answer: its words as they come, then the whole of it; or that there is none. */
export function SharedAnswer({ name, message, soFar }: AnswerProps) {
  const { state, text, reference } = message;
  const shown = text || soFar;
  if (shown !== '') return <FromChat name={name} text={shown} streaming={state === 'writing'} />;
  return (
    <Article name={name}>
      <p className="flex min-h-5.5 items-center gap-2 text-muted">
        {state === 'writing' ? (
          <>
            <Spinner /> Thinking…
          </>
        ) : null}
        {state === 'waiting' ? 'The answer needs somebody’s decision. It appears here.' : null}
        {state === 'stopped' ? 'Stopped.' : null}
        {state === 'done' ? 'There is no answer to this.' : null}
        {state === 'failed'
          ? `Something went wrong, and there is no answer. Write again, or ask about it with this reference: ${reference}`
          : null}
      </p>
    </Article>
  );
}

function Article({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <article aria-label={`${name} answered`} className="flex gap-3">
      <WorkflowMark />
      <div className="min-w-0 flex-1 text-base">{children}</div>
    </article>
  );
}
