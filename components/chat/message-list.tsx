'use client';

import { ArrowDown } from 'lucide-react';
import { type ComponentProps, Fragment, type ReactNode } from 'react';
import { Avatar } from '@/components/icons/avatar';
import { cn } from '@/components/ui/cn';
import { Button } from '@/components/ui/controls/button';
import { Markdown } from '@/components/ui/display/markdown';
import { TimeAgo } from '@/components/ui/display/time-ago';
import { later } from '@/components/ui/later';
import type { AttachedFile } from '@/lib/chat/attached';
import type { Compaction } from '@/lib/chat/compaction/contract';
import type { Thread } from '@/lib/chat/contract';
import type { Mark } from '@/lib/chat/marks/mark';
import type { Message } from '@/lib/chat/message';
import { type TurnMessages, turnsOf } from '@/lib/chat/turns-of';
import { Answer } from './answer';
import { SentFiles } from './attaching';
import { CommandTurn } from './command-turn';
import type { CompactionLine as Line } from './compaction/compaction-line';
import { SentMarks } from './marks/mark-chips';
import type { Outgoing } from './use-sending';
import { useStickToEnd } from './use-stick-to-end';
import { WorkflowMark } from './workflow-mark';

const CompactionLine = later<ComponentProps<typeof Line>>(
  () => import('./compaction/compaction-line').then((found) => found.CompactionLine),
  () => null,
);

type Props = {
  threadId: string | undefined;
  messages: Message[];
  compactions: readonly Compaction[];
  /** Who answers, and the workflow that does where no agent does. */
  name: string;
  workflow: Thread['workflow'] | undefined;
  outgoing: Outgoing | undefined;
  /** Who is writing, for the message on its way. */
  author: { userId: string; name: string };
  onRetryOutgoing: () => void;
  onDiscardOutgoing: () => void;
  /** Writes a text again, with its files and agents, after a failed answer. */
  onAskAgain?:
    | ((
        text: string,
        files: AttachedFile[],
        agents: string[],
        together: boolean,
        marks: Mark[],
      ) => void)
    | undefined;
  /** Stops one of several answers. */
  onStop?: ((messageId: string) => void) | undefined;
};

/** The messages of a thread; stays at the end while an answer grows, unless one has scrolled up. */
export function MessageList(props: Props) {
  const { messages, compactions, name, workflow, outgoing, author, onAskAgain } = props;
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
          className="w-full space-y-6 px-4 py-6 *:mx-auto *:w-full *:max-w-[720px]"
        >
          {workflow?.greeting ? (
            <FromAgent name={name} mark={<WorkflowMark />}>
              <Markdown text={workflow.greeting} />
            </FromAgent>
          ) : null}
          {turnsOf(messages).map((turn, index, all) => {
            const { question, answers, command } = turn;
            return (
              <Fragment key={(command ?? question ?? answers[0])?.id}>
                {command ? (
                  <CommandTurn message={command} />
                ) : (
                  <Turn
                    {...{ question, answers, workflow }}
                    threadId={props.threadId}
                    onStop={props.onStop}
                    onAskAgain={index === all.length - 1 ? onAskAgain : undefined}
                  />
                )}
                {endingIn(turn, compactions).map((compaction) => (
                  <CompactionLine
                    key={compaction.id}
                    threadId={props.threadId ?? ''}
                    compaction={compaction}
                    replaced={isReplaced(compaction, compactions)}
                  />
                ))}
              </Fragment>
            );
          })}
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

/** Summaries that stand for the thread as far as this turn. */
function endingIn(turn: TurnMessages, compactions: readonly Compaction[]): Compaction[] {
  const lines = [turn.question, ...turn.answers, turn.command].flatMap((line) => line ?? []);
  const positions = lines.map(({ position }) => position);
  return compactions.filter(({ upTo }) => positions.includes(upTo));
}

/** Whether a later summary that is in use stands for the same messages and more. */
const isReplaced = ({ upTo, id }: Compaction, all: readonly Compaction[]): boolean =>
  all.some((other) => other.id !== id && other.undone === null && other.upTo >= upTo);

type TurnProps = TurnMessages & Pick<Props, 'threadId' | 'workflow' | 'onAskAgain' | 'onStop'>;

/** A question with its answers: one below it, several side by side where there is room. */
function Turn({ question, answers, threadId, workflow, onAskAgain, onStop }: TurnProps) {
  const several = answers.length > 1;
  const askAgain = (answer: Message) => () => {
    // A file that is gone stays out.
    const there = (question?.files ?? []).filter(({ deleted }) => !deleted);
    const files = there.map(({ deleted: _, ...file }) => file);
    const panel = answer.panel?.agents.map(({ id }) => id);
    const agents = panel ?? (answer.agentId ? [answer.agentId] : []);
    const marks = (question?.marks ?? []).flatMap(({ mark, gone }) => (gone ? [] : [mark]));
    onAskAgain?.(question?.text ?? '', files, agents, panel !== undefined, marks);
  };
  return (
    <>
      {question ? (
        <FromPerson name={question.authorName} id={question.authorId} at={question.createdAt}>
          <PersonsWords {...question} />
        </FromPerson>
      ) : null}
      <div
        className={cn(
          several &&
            'grid !max-w-[1120px] gap-3 @3xl:grid-cols-2 *:rounded-lg *:border *:p-3 @3xl:*:first:last:col-span-2',
          answers.length > 2 && '@5xl:grid-cols-3',
        )}
      >
        {answers.map((answer) => (
          <FromAgent
            key={answer.id}
            name={answer.authorName}
            at={answer.createdAt}
            mark={workflow ? <WorkflowMark /> : undefined}
          >
            <Answer
              workflow={workflow != null}
              message={answer}
              threadId={threadId}
              onRegenerate={onAskAgain && question ? askAgain(answer) : undefined}
              onStop={several && onStop ? () => onStop(answer.id) : undefined}
              onRetry={onAskAgain ? askAgain(answer) : undefined}
            />
          </FromAgent>
        ))}
      </div>
    </>
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

type Words = {
  text: string;
  files: readonly (AttachedFile & { deleted?: boolean })[];
  marks?: Message['marks'];
};

function PersonsWords({ text, files, marks = [] }: Words) {
  return (
    <>
      {text ? <p className="text-base break-words whitespace-pre-wrap">{text}</p> : null}
      <SentMarks marks={marks} />
      <SentFiles files={files} />
    </>
  );
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
        <PersonsWords
          text={outgoing.text}
          files={outgoing.files}
          marks={outgoing.marks.map((mark) => ({ mark, gone: false }))}
        />
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
