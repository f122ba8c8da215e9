'use client';

import { History } from 'lucide-react';
import { useLocal, useSession } from '@/components/session/session';
import { IconButton } from '@/components/ui/controls/icon-button';

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
