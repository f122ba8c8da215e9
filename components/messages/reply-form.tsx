'use client';

import { type FormEvent, useState } from 'react';
import { useReply } from '@/components/data/message-queries';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Textarea } from '@/components/ui/controls/textarea';
import { toast } from '@/components/ui/controls/toast';

/** Answers a message; `waits`: its sender goes on with the reply. */
export function ReplyForm({ id, waits }: { id: string; waits: boolean }) {
  const [text, setText] = useState('');
  // A new one for each answer: a second press of one that is under way is the same answer.
  const [key, setKey] = useState(() => crypto.randomUUID());
  const reply = useReply();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    reply.mutate(
      { id, body: text, key },
      {
        onSuccess: () => {
          setText('');
          setKey(crypto.randomUUID());
          toast.success('Sent');
        },
      },
    );
  };
  return (
    <form onSubmit={submit} className="space-y-2">
      <Field label="Reply" error={reply.error?.message}>
        <Textarea
          rows={3}
          value={text}
          maxLength={20_000}
          placeholder={waits ? 'The sender waits for it…' : 'Write an answer…'}
          onChange={(event) => setText(event.target.value)}
        />
      </Field>
      <Button type="submit" disabled={text.trim() === ''} loading={reply.isPending}>
        Send reply
      </Button>
    </form>
  );
}
