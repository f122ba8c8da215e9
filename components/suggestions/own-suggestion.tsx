'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '@/components/data/call';
import { keys } from '@/components/data/queries';
import { useSession } from '@/components/session/session';
import { Button } from '@/components/ui/controls/button';
import { toast, toastError } from '@/components/ui/controls/toast';
import { updateSuggestion } from '@/lib/suggestions/contract';
import type { SuggestionView } from '@/lib/suggestions/schema';
import { useReview } from './use-review';
import { useSuggesting } from './use-suggesting';

/** What its author may do with a suggestion that waits. */
export function OwnSuggestion({ view }: { view: SuggestionView }) {
  const { workflowId } = useSession();
  const { show } = useReview();
  const { start } = useSuggesting();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  if (view.status !== 'open') return null;
  const turn = async (status: 'draft' | 'withdrawn') => {
    setBusy(true);
    try {
      const params = { id: workflowId, suggestionId: view.id };
      await call(updateSuggestion, { params, body: { status } });
      await client.invalidateQueries({ queryKey: [...keys.suggestions] });
      show(status === 'draft' ? undefined : 'list');
      if (status === 'draft') start();
      else toast('The suggestion was withdrawn');
    } catch (error) {
      toastError('That failed', error);
    } finally {
      setBusy(false);
    }
  };
  const untouched = Object.keys(view.decided).length === 0;
  return (
    <div className="mt-2.5 flex items-center gap-2">
      {untouched ? (
        <Button size="sm" disabled={busy} onClick={() => void turn('draft')}>
          Keep editing
        </Button>
      ) : null}
      <Button size="sm" variant="ghost" disabled={busy} onClick={() => void turn('withdrawn')}>
        Withdraw
      </Button>
    </div>
  );
}
