'use client';

import { type FormEvent, useId, useState } from 'react';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { Textarea } from '@/components/ui/controls/textarea';
import { toast, toastError } from '@/components/ui/controls/toast';
import { Dialog } from '@/components/ui/overlays/dialog';
import { suggestionLimits } from '@/lib/suggestions/schema';
import { titleOf } from '@/lib/suggestions/words';
import { useSuggesting } from './use-suggesting';

/** Asks for a title and a note, and shows the suggestion to everybody. */
export function SubmitDialog({ onClose }: { onClose: () => void }) {
  const { saving, submit } = useSuggesting();
  const [title, setTitle] = useState(saving.suggestion?.title ?? '');
  const [note, setNote] = useState(saving.suggestion?.note ?? '');
  const [sending, setSending] = useState(false);
  const form = useId();
  const usual = titleOf(saving.suggestion?.changes ?? []);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    setSending(true);
    submit({ title: title.trim() || usual, note: note.trim() })
      .then(() => {
        toast('Suggestion submitted', { description: 'We’ll notify you about the decision.' });
        onClose();
      })
      .catch((error: unknown) => {
        toastError('It could not be submitted', error);
        setSending(false);
      });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title="Submit the suggestion"
      description="Editors see it on the canvas and accept or decline each change."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={form} variant="primary" loading={sending}>
            Submit
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={onSubmit} className="flex flex-col gap-3">
        <Field label="Title">
          <Input
            value={title}
            maxLength={suggestionLimits.title}
            placeholder={usual}
            onChange={(event) => setTitle(event.target.value)}
          />
        </Field>
        <Field label="Note">
          <Textarea
            value={note}
            rows={4}
            maxLength={suggestionLimits.note}
            placeholder="Why, for whoever decides"
            onChange={(event) => setNote(event.target.value)}
          />
        </Field>
      </form>
    </Dialog>
  );
}
