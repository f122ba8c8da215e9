'use client';

import { useAnswerApproval } from '@/components/data/tool-queries';
import { toastError } from '@/components/ui/controls/toast';
import type { ToolAnswerInput } from '@/lib/tools/question';

/** Answers about one call; an answer that was not taken leaves it waiting, and says why. */
export function useAnswer(id: string) {
  const { mutate, isPending } = useAnswerApproval();
  const answer = (given: ToolAnswerInput) =>
    mutate(
      { id, answer: given },
      { onError: (error) => toastError('The answer was not taken', error) },
    );
  return { answer, pending: isPending };
}
