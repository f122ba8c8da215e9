import { Gauge } from 'lucide-react';
import { call } from '@/components/data/call';
import type { PageCommand } from '@/components/shell/page-commands';
import { toast, toastError } from '@/components/ui/controls/toast';
import { optimiseWorkflow } from '@/lib/optimise/contract';
import type { ReviewState } from './use-review';

/** Asks for a suggestion that makes the workflow do less, or do it sooner, and opens it. */
export const optimiseCommand = (
  group: string,
  workflowId: string,
  review: ReviewState,
): PageCommand => ({
  ...{ group, label: 'Suggest optimisations', words: 'optimize faster cheaper parallel unused' },
  icon: <Gauge />,
  run: () => {
    toast('Looking for optimisations', { description: 'The workflow is rehearsed meanwhile.' });
    call(optimiseWorkflow, { params: { id: workflowId }, body: {} }).then(
      ({ suggestionId }) => {
        if (suggestionId === null) {
          toast('Nothing to optimise', {
            description: 'No step is unused or done twice, and none waits for nothing.',
          });
        } else review.show({ id: suggestionId });
      },
      (error: unknown) => toastError('No optimisation was suggested', error),
    );
  },
});
