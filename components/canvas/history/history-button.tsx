'use client';

import { History } from 'lucide-react';
import { IconButton } from '@/components/ui/icon-button';
import { useLocal, useSession } from '../session';

/** Opens and closes the history. */
export function HistoryButton() {
  const { local } = useSession();
  const open = useLocal((now) => now.history === true);
  return (
    <IconButton
      label="History"
      aria-pressed={open}
      onClick={() => local.set((now) => ({ ...now, history: !now.history }))}
    >
      <History />
    </IconButton>
  );
}
