'use client';

import { Sparkles } from 'lucide-react';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Textarea } from '@/components/ui/controls/textarea';
import { maxDescription } from '@/lib/from-words/contract';
import type { useDescribe } from './use-describe';

const example =
  'Every Monday at 9, read https://example.com/news, summarise it in five sentences and ask me before it is emailed';

type Props = {
  describing: ReturnType<typeof useDescribe>;
  /** What was made is being taken. */
  taking?: boolean;
  verb: string;
  autoFocus?: boolean;
};

/** A field for what a workflow should do, in plain words. */
export function DescribeForm({ describing, taking = false, verb, autoFocus = false }: Props) {
  const { text, write, send, stop, pending, error } = describing;
  return (
    <form
      className="w-full space-y-2"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Field label="Describe what it should do" {...(error === undefined ? {} : { error })}>
        <Textarea
          value={text}
          onChange={(event) => write(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return;
            event.preventDefault();
            void send();
          }}
          readOnly={pending}
          maxLength={maxDescription}
          placeholder={example}
          autoFocus={autoFocus}
          className="max-h-48 w-full"
        />
      </Field>
      <div className="flex items-center justify-end gap-2">
        <p className="mr-auto text-xs text-faint" aria-live="polite">
          {pending
            ? 'Drafting, checking and rehearsing. A model may take a minute…'
            : 'What happens, when, and who is asked. Without a model, rules draft it.'}
        </p>
        {pending ? (
          <Button size="sm" onClick={stop}>
            Stop
          </Button>
        ) : null}
        <Button
          type="submit"
          size="sm"
          variant="primary"
          loading={pending || taking}
          disabled={text.trim() === ''}
        >
          {pending || taking ? null : <Sparkles aria-hidden />} {verb}
        </Button>
      </div>
    </form>
  );
}
