'use client';

import { Sparkles } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useHasModel } from '@/components/data/queries';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Textarea } from '@/components/ui/controls/textarea';
import { type DraftedAgent, maxDescription } from '@/lib/agents/draft/contract';
import { useDraftAgent } from './use-draft';

const example =
  'Checks invoices in our files against the price list, and asks me when something does not add up. At most $2 a task.';

/** A sentence out of which an agent is drafted: Enter drafts it, Shift and Enter begins a line. */
export function DescribeAgent({ onDrafted }: { onDrafted: (drafted: DraftedAgent) => void }) {
  const [text, setText] = useState('');
  const draft = useDraftAgent();
  const hasModel = useHasModel();
  const attempt = useRef<{ of: string; key: string }>(undefined);
  const stopping = useRef<AbortController>(undefined);
  useEffect(() => () => stopping.current?.abort(), []);
  const send = () => {
    const description = text.trim();
    if (description === '' || draft.isPending) return;
    if (attempt.current?.of !== description) {
      attempt.current = { of: description, key: crypto.randomUUID() };
    }
    const aborting = new AbortController();
    stopping.current = aborting;
    const { key } = attempt.current;
    draft.mutate(
      { description, key, signal: aborting.signal },
      {
        onSuccess: (drafted) => {
          if (!aborting.signal.aborted) onDrafted(drafted);
        },
      },
    );
  };
  const stop = () => {
    stopping.current?.abort();
    attempt.current = undefined;
    draft.reset();
  };
  return (
    <form
      className="space-y-2"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Field
        label="What should the agent do?"
        {...(draft.error ? { error: draft.error.message } : {})}
      >
        <Textarea
          value={text}
          autoFocus
          readOnly={draft.isPending}
          maxLength={maxDescription}
          placeholder={example}
          className="max-h-48 min-h-24 w-full"
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
            event.preventDefault();
            send();
          }}
        />
      </Field>
      <div className="flex items-center justify-end gap-2">
        <p className="mr-auto text-xs text-faint" aria-live="polite">
          {draft.isPending
            ? 'Drafting. A model may take a minute…'
            : hasModel === false
              ? 'No model is set up, so a built-in role and rules make the draft.'
              : 'One sentence is enough. Nothing is created yet.'}
        </p>
        {draft.isPending ? (
          <Button size="sm" onClick={stop}>
            Stop
          </Button>
        ) : null}
        <Button
          type="submit"
          size="sm"
          variant="primary"
          loading={draft.isPending}
          disabled={text.trim() === ''}
        >
          {draft.isPending ? null : <Sparkles aria-hidden />} Draft agent
        </Button>
      </div>
    </form>
  );
}
