'use client';

import { useQueryClient } from '@tanstack/react-query';
import { ThumbsDown, ThumbsUp } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { call } from '@/components/data/call';
import { useMutation } from '@/components/data/mutation/mutation';
import { keys } from '@/components/data/queries';
import { useCan } from '@/components/shell/actor-context';
import { Button } from '@/components/ui/controls/button';
import { IconButton } from '@/components/ui/controls/icon-button';
import { Textarea } from '@/components/ui/controls/textarea';
import { toastError } from '@/components/ui/controls/toast';
import { type AnswerFeedback, giveFeedback, type Verdict } from '@/lib/chat/feedback/contract';

type Props = { threadId: string; messageId: string; given: AnswerFeedback };

/** Whether an answer was good: thumbs with their counts, and a reason for whoever wants to give one. */
export function FeedbackButtons({ threadId, messageId, given }: Props) {
  const may = useCan('chat.write');
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const give = useMutation({
    mutationFn: (body: { verdict: Verdict | null; reason: string }) =>
      call(giveFeedback, { params: { id: threadId, messageId }, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: [...keys.threads] }),
    onError: (error) => toastError('Your feedback was not kept', error),
  });
  const { up, down, mine } = given;
  const press = (verdict: Verdict) => {
    const next = mine === verdict ? null : verdict;
    setAsking(next !== null);
    give.mutate({ verdict: next, reason: '' });
  };
  return (
    <>
      <span className="inline-flex items-center gap-0.5">
        <Thumb
          label="Good answer"
          pressed={mine === 'up'}
          count={up}
          disabled={!may}
          onPress={() => press('up')}
        >
          <ThumbsUp className="!size-3.5" />
        </Thumb>
        <Thumb
          label="Bad answer"
          pressed={mine === 'down'}
          count={down}
          disabled={!may}
          onPress={() => press('down')}
        >
          <ThumbsDown className="!size-3.5" />
        </Thumb>
      </span>
      {asking && mine !== null ? (
        <Reason
          onSend={(reason) => {
            setAsking(false);
            if (reason !== '') give.mutate({ verdict: mine, reason });
          }}
        />
      ) : null}
    </>
  );
}

type ThumbProps = {
  label: string;
  pressed: boolean;
  count: number;
  disabled: boolean;
  onPress: () => void;
  children: ReactNode;
};

function Thumb({ label, pressed, count, disabled, onPress, children }: ThumbProps) {
  return (
    <span className="inline-flex items-center">
      <IconButton
        size="sm"
        label={label}
        aria-pressed={pressed}
        disabled={disabled}
        onClick={onPress}
      >
        {children}
      </IconButton>
      {count > 0 ? <span className="pr-1 tabular">{count}</span> : null}
    </span>
  );
}

function Reason({ onSend }: { onSend: (reason: string) => void }) {
  const [text, setText] = useState('');
  return (
    <form
      aria-label="Reason"
      className="flex w-full basis-full items-start gap-2 pt-1"
      onSubmit={(event) => {
        event.preventDefault();
        onSend(text.trim());
      }}
    >
      <Textarea
        aria-label="Why? (optional)"
        placeholder="Why? (optional)"
        rows={1}
        maxLength={2_000}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Button type="submit" size="sm">
        {text.trim() === '' ? 'Close' : 'Send'}
      </Button>
    </form>
  );
}
