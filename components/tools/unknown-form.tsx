'use client';

import { useCan } from '@/components/shell/actor-context';
import { Button } from '@/components/ui/controls/button';
import { useAnswer } from './use-answer';

/** Says what came of a call whose end nobody heard. */
export function UnknownForm({ id }: { id: string }) {
  const { answer, pending } = useAnswer(id);
  if (!useCan('runs.start')) {
    return <p className="text-sm text-muted">An editor has to say what came of it.</p>;
  }
  return (
    <div className="flex flex-wrap justify-end gap-2">
      <Button disabled={pending} onClick={() => answer({ do: 'failed' })}>
        It did not happen
      </Button>
      <Button disabled={pending} onClick={() => answer({ do: 'again' })}>
        Run it again
      </Button>
      <Button
        variant="primary"
        loading={pending}
        onClick={() => answer({ do: 'happened', result: '' })}
      >
        It happened
      </Button>
    </div>
  );
}
