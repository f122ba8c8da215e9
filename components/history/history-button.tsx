'use client';

import { History } from 'lucide-react';
import { useLocal, useSession } from '@/components/session/session';
import { WordButton } from '@/components/ui/controls/word-button';

/** Opens and closes the history. */
export function HistoryButton() {
  const { local } = useSession();
  const open = useLocal((now) => now.history === true);
  return (
    <WordButton
      label="History"
      word="History"
      aria-pressed={open}
      onClick={() => local.set((now) => ({ ...now, history: !now.history }))}
    >
      <History />
    </WordButton>
  );
}
