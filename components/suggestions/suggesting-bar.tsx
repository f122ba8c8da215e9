'use client';

import { Check, CloudOff, LoaderCircle, SquarePen, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/controls/button';
import { toast, toastError } from '@/components/ui/controls/toast';
import { plural } from '@/components/ui/format';
import { AlertDialog } from '@/components/ui/overlays/alert-dialog';
import type { KeeperState } from './keeper';
import { SubmitDialog } from './submit-dialog';
import { useSuggesting } from './use-suggesting';

/** The bar over the canvas while edits are collected as a suggestion. */
export function SuggestingBar() {
  const { on, fork, kept, discard } = useSuggesting();
  const [submitting, setSubmitting] = useState(false);
  const [discarding, setDiscarding] = useState(false);
  if (!on) return null;
  const count = kept.suggestion?.changeCount ?? 0;
  return (
    <section
      aria-label="Suggestion"
      className="flex min-h-10 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-accent/30 bg-accent-soft px-3 py-1 text-xs text-accent"
    >
      <SquarePen className="size-3.5 shrink-0" aria-hidden />
      <p className="min-w-0">
        <span className="font-medium">
          {fork ? 'You are suggesting.' : 'Opening your suggestion…'}
        </span>{' '}
        <span className="max-md:sr-only">The draft does not change until someone accepts.</span>
      </p>
      <div className="min-w-2 flex-1" />
      <Kept kept={kept} />
      {count > 0 ? <span className="tabular">{plural(count, 'change')}</span> : null}
      <Button
        size="sm"
        variant="ghost"
        className="text-accent"
        disabled={count === 0}
        onClick={() => setDiscarding(true)}
      >
        Discard
      </Button>
      <Button
        size="sm"
        variant="primary"
        disabled={count === 0}
        onClick={() => setSubmitting(true)}
      >
        Submit…
      </Button>
      {submitting ? <SubmitDialog onClose={() => setSubmitting(false)} /> : null}
      <AlertDialog
        open={discarding}
        onOpenChange={setDiscarding}
        title="Discard this suggestion?"
        description="Your suggestion is withdrawn. The draft does not change."
        confirmLabel="Discard"
        onConfirm={() =>
          discard().then(
            () => toast('The suggestion was withdrawn'),
            (error: unknown) => toastError('It could not be withdrawn', error),
          )
        }
      />
    </section>
  );
}

function Kept({ kept }: { kept: KeeperState }) {
  if (!kept.suggestion && kept.phase === 'saved') return null;
  if (kept.unstored && kept.phase !== 'saved') {
    return (
      <span role="status" data-suggestion-state="unstored" className="text-danger">
        This browser could not store it. Keep this tab open until it is saved.
      </span>
    );
  }
  const looks = {
    saved: { icon: <Check />, text: 'Saved' },
    saving: { icon: <LoaderCircle className="animate-spin" />, text: 'Saving' },
    waiting: { icon: <CloudOff />, text: 'Kept in this browser until you reconnect' },
    refused: { icon: <TriangleAlert />, text: kept.error ?? 'Not saved' },
  } as const;
  const { icon, text } = looks[kept.phase];
  const tone = { refused: 'text-danger', waiting: 'text-warning', saving: '', saved: '' }[
    kept.phase
  ];
  return (
    <span
      role="status"
      data-suggestion-state={kept.phase}
      className={`flex items-center gap-1.5 [&_svg]:size-3.5 [&_svg]:shrink-0 ${tone}`}
    >
      {icon}
      {text}
    </span>
  );
}
