'use client';

import { useCan } from '@/components/shell/actor-context';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Textarea } from '@/components/ui/controls/textarea';
import { useAnswer } from './use-answer';
import { useUnsent } from './use-unsent';

/** Answers a question of an agent, by one of its choices or in words. */
export function QuestionForm({ id, choices }: { id: string; choices: readonly string[] }) {
  const { answer, pending } = useAnswer(id);
  const [text = '', setText] = useUnsent(id, 'word');
  if (!useCan('runs.answer')) {
    return <p className="text-sm text-muted">Somebody who may comment has to answer this.</p>;
  }
  return (
    <div className="space-y-3">
      {choices.length > 0 ? (
        <div className="flex flex-wrap gap-2">
          {choices.map((choice) => (
            <Button
              key={choice}
              disabled={pending}
              onClick={() => answer({ do: 'answer', text: choice })}
            >
              {choice}
            </Button>
          ))}
        </div>
      ) : null}
      <Field label="Answer" hideLabel>
        <Textarea
          value={text}
          rows={2}
          maxLength={2_000}
          placeholder="Your answer"
          onChange={(event) => setText(event.target.value)}
        />
      </Field>
      <div className="flex justify-end gap-2">
        <Button disabled={pending} onClick={() => answer({ do: 'refuse', note: text })}>
          No answer
        </Button>
        <Button
          variant="primary"
          loading={pending}
          disabled={text.trim() === ''}
          onClick={() => answer({ do: 'answer', text })}
        >
          Answer
        </Button>
      </div>
    </div>
  );
}
