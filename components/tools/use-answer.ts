'use client';

import { useAnswerApproval } from '@/components/data/tool-queries';
import { useActor } from '@/components/shell/actor-context';
import { toastError } from '@/components/ui/controls/toast';
import type { ToolAnswerInput } from '@/lib/tools/question';
import { forgetUnsent } from './use-unsent';

/** Answers about one call; an answer that was not taken leaves it waiting, and says why. */
export function useAnswer(id: string) {
  const { userId } = useActor();
  const { mutate, isPending } = useAnswerApproval();
  const answer = (given: ToolAnswerInput) =>
    mutate(
      { id, answer: given },
      {
        onSuccess: () => forgetUnsent(userId, id),
        onError: (error) => toastError('The answer was not taken', error),
      },
    );
  return { answer, pending: isPending };
}
