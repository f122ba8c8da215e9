'use client';

import { Check, CloudOff, LoaderCircle, SquarePen, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/controls/button';
import { toast, toastError } from '@/components/ui/controls/toast';
import { plural } from '@/components/ui/format';
import { AlertDialog } from '@/components/ui/overlays/alert-dialog';
import { SubmitDialog } from './submit-dialog';
import type { SaverState } from './suggestion-saver';
import { useSuggesting } from './use-suggesting';

/** The bar over the canvas while edits are collected as a suggestion. */
export function SuggestingBar() {
  const { on, fork, saving, discard } = useSuggesting();
  const [submitting, setSubmitting] = useState(false);
  const [discarding, setDiscarding] = useState(false);
  if (!on) return null;
  const count = saving.suggestion?.changeCount ?? 0;
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
      <SaveState saving={saving} />
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

function SaveState({ saving }: { saving: SaverState }) {
  if (!saving.suggestion && saving.phase === 'saved') return null;
  if (saving.unstored && saving.phase !== 'saved') {
    return (
      <span role="status" data-suggestion-state="unstored" className="text-danger">
        This browser could not store it. Keep this tab open until it is saved.
      </span>
    );
  }
  const looks = {
    saved: { icon: <Check />, text: 'Saved' },
    saving: { icon: <LoaderCircle className="animate-spin" />, text: 'Saving' },
    waiting: { icon: <CloudOff />, text: 'SaveState in this browser until you reconnect' },
    refused: { icon: <TriangleAlert />, text: saving.error ?? 'Not saved' },
  } as const;
  const { icon, text } = looks[saving.phase];
  const tone = { refused: 'text-danger', waiting: 'text-warning', saving: '', saved: '' }[
    saving.phase
  ];
  return (
    <span
      role="status"
      data-suggestion-state={saving.phase}
      className={`flex items-center gap-1.5 [&_svg]:size-3.5 [&_svg]:shrink-0 ${tone}`}
    >
      {icon}
      {text}
    </span>
  );
}
