'use client';

import { useQueryClient } from '@tanstack/react-query';
import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { useId, useState } from 'react';
import { call } from '@/components/data/call';
import { useMutation } from '@/components/data/mutation/mutation';
import { keys } from '@/components/data/queries';
import { useCan } from '@/components/shell/actor-context';
import { cn } from '@/components/ui/cn';
import { Button } from '@/components/ui/controls/button';
import { Textarea } from '@/components/ui/controls/textarea';
import { Markdown } from '@/components/ui/display/markdown';
import { TimeAgo } from '@/components/ui/display/time-ago';
import { type Compaction, updateCompaction } from '@/lib/chat/compaction/contract';

type Props = {
  threadId: string;
  compaction: Compaction;
  /** A later one stands for these messages, too. */
  replaced: boolean;
};
type Change = { summary?: string; undone?: boolean };

/** Where the messages end for which a summary is sent: opened, the summary with what can be done to it. */
export function CompactionLine({ threadId, compaction, replaced }: Props) {
  const [open, setOpen] = useState(false);
  const body = useId();
  const { messages, tokensBefore, tokensAfter, undone } = compaction;
  return (
    <section aria-label="Summary of earlier messages">
      <div className="flex items-center gap-3 text-sm text-muted before:h-px before:flex-1 before:bg-border after:h-px after:flex-1 after:bg-border">
        <button
          type="button"
          aria-expanded={open}
          aria-controls={body}
          className="flex max-w-[80%] items-center gap-1 rounded-sm px-1 text-left hover:text-fg"
          onClick={() => setOpen(!open)}
        >
          <ChevronRight
            aria-hidden
            className={cn('size-3.5 shrink-0 transition-transform', open && 'rotate-90')}
          />
          <span>
            {headline(messages, undone, replaced)}
            {undone || replaced ? null : (
              <span className="text-faint tabular">
                {' '}
                · {exact(tokensBefore)} → {exact(tokensAfter)} tokens
              </span>
            )}
          </span>
        </button>
      </div>
      <div id={body} hidden={!open}>
        {open ? <Body {...{ threadId, compaction, replaced }} /> : null}
      </div>
    </section>
  );
}

const exact = (count: number) => count.toLocaleString('en');

function headline(messages: number, undone: Compaction['undone'], replaced: boolean): string {
  const above = `${messages} messages above`;
  if (undone) return `Summary of the ${above}, not used`;
  if (replaced) return `Summary of the ${above}, part of the one below`;
  return `The ${above} are sent as a summary`;
}

function Body({ threadId, compaction, replaced }: Props) {
  const { summary, model, runId, createdAt, edited, undone } = compaction;
  const may = useCan('chat.write') && !replaced;
  const [editing, setEditing] = useState(false);
  const { change, conflict } = useChange(threadId, compaction, () => setEditing(false));
  return (
    <div className="mt-2 space-y-2 rounded-lg border bg-surface p-3">
      <p className="text-sm text-muted">
        {undone
          ? `${undone.by} put this summary out of use: agents are sent the messages themselves, as far as there is room.`
          : 'Agents read this in place of the messages above, which stay as they were written.'}{' '}
        Written by {model} <TimeAgo at={createdAt} />
        {edited ? (
          <>
            , changed by {edited.by} <TimeAgo at={edited.at} />
          </>
        ) : null}
        .{' '}
        <Link className="text-accent underline-offset-4 hover:underline" href={`/runs/${runId}`}>
          Open its run
        </Link>
      </p>
      {editing ? (
        <Editor
          {...{ summary, conflict }}
          saving={change.isPending}
          onSave={(text) => change.mutate({ summary: text })}
          onCancel={() => setEditing(false)}
        />
      ) : (
        <>
          <div className={cn(undone && 'opacity-60')}>
            <Markdown text={summary} />
          </div>
          {conflict ? (
            <p role="alert" className="text-sm text-danger">
              {conflict}
            </p>
          ) : null}
          {may ? (
            <div className="flex flex-wrap gap-2">
              <Button size="sm" onClick={() => setEditing(true)}>
                Edit
              </Button>
              <Button
                size="sm"
                variant="ghost"
                loading={change.isPending}
                onClick={() => change.mutate({ undone: !undone })}
              >
                {undone ? 'Use it again' : 'Send the messages instead'}
              </Button>
            </div>
          ) : null}
        </>
      )}
    </div>
  );
}

type EditorProps = {
  summary: string;
  conflict: string | undefined;
  saving: boolean;
  onSave: (text: string) => void;
  onCancel: () => void;
};

/** What was typed stays when somebody else saves: the conflict is told below it. */
function Editor({ summary, conflict, saving, onSave, onCancel }: EditorProps) {
  const [text, setText] = useState(summary);
  const empty = text.trim() === '';
  return (
    <div className="space-y-2">
      <Textarea
        aria-label="Summary"
        rows={10}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {conflict ? (
        <p role="alert" className="text-sm text-danger">
          {conflict} Save again to put yours in its place.
        </p>
      ) : null}
      <div className="flex gap-2">
        <Button
          size="sm"
          variant="primary"
          disabled={empty}
          loading={saving}
          onClick={() => onSave(text)}
        >
          Save
        </Button>
        <Button size="sm" variant="ghost" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </div>
  );
}

function useChange(threadId: string, { id, version }: Compaction, onSaved: () => void) {
  const client = useQueryClient();
  const [conflict, setConflict] = useState<string>();
  const refresh = () => client.invalidateQueries({ queryKey: [...keys.threads] });
  const change = useMutation({
    mutationFn: (body: Change) =>
      call(updateCompaction, {
        params: { id: threadId, compactionId: id },
        body: { ...body, version },
      }),
    onSuccess: async () => {
      setConflict(undefined);
      await refresh();
      onSaved();
    },
    onError: (error) => {
      setConflict(error.message);
      void refresh();
    },
  });
  return { change, conflict };
}
