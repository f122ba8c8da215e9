'use client';

import { type FormEvent, useId, useState } from 'react';
import { useReply } from '@/components/data/message-queries';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Textarea } from '@/components/ui/controls/textarea';
import { toast } from '@/components/ui/controls/toast';

/** Answers a message whose sender waits for a reply. */
export function ReplyForm({ id }: { id: string }) {
  const [text, setText] = useState('');
  const key = useId();
  const reply = useReply();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    reply.mutate(
      { id, body: text, key: `${id} ${key}` },
      { onSuccess: () => toast.success('Sent') },
    );
  };
  return (
    <form onSubmit={submit} className="space-y-2">
      <Field label="Reply" error={reply.error?.message}>
        <Textarea
          rows={3}
          value={text}
          maxLength={20_000}
          placeholder="The sender waits for it…"
          onChange={(event) => setText(event.target.value)}
        />
      </Field>
      <Button type="submit" disabled={text.trim() === ''} loading={reply.isPending}>
        Send reply
      </Button>
    </form>
  );
}
