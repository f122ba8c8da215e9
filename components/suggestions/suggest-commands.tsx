import { GitPullRequestArrow, PencilLine, SquarePen } from 'lucide-react';
import type { PageCommand } from '@/components/shell/page-commands';
import type { ReviewState } from './use-review';
import type { Suggesting } from './use-suggesting';

/** What the command palette offers for suggestions: to begin or end making one, and to see all of them. */
export function suggestCommands(
  group: string,
  suggesting: Suggesting,
  review: ReviewState,
): PageCommand[] {
  const turn: PageCommand = suggesting.on
    ? {
        group,
        label: 'Stop suggesting',
        words: 'edit draft mode',
        icon: <PencilLine />,
        run: suggesting.stop,
      }
    : {
        group,
        label: 'Suggest changes',
        words: 'suggesting suggestion mode propose',
        icon: <SquarePen />,
        run: () => {
          review.show(undefined);
          suggesting.start();
        },
      };
  const all: PageCommand = {
    group,
    label: 'Suggestions',
    words: 'review accept decline refuse decide',
    icon: <GitPullRequestArrow />,
    run: () => review.show('list'),
  };
  return [turn, all];
}
