'use client';

import { useState } from 'react';
import { useAnswerCache, useClearAnswerCache } from '@/components/data/spending-queries';
import { Button } from '@/components/ui/controls/button';
import { HelpLink } from '@/components/ui/controls/help-link';
import { toast, toastError } from '@/components/ui/controls/toast';
import { formatCount, plural } from '@/components/ui/format';
import { AlertDialog } from '@/components/ui/overlays/alert-dialog';
import { moneyText, shareText } from './words';

/** How often answers were given again lately, and what providers read from their own caches. */
export function AnswerCacheLine({ canManage }: { canManage: boolean }) {
  const { data } = useAnswerCache();
  if (data === undefined) return null;
  const { days, calls, hits, kept, savedUsd, inputTokens, providerCacheTokens } = data;
  return (
    <section
      aria-label="Answer cache"
      className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 rounded-lg border px-4 py-1.5 text-xs text-muted"
    >
      <p className="min-w-0 flex-1 tabular">
        <span className="font-medium text-fg">
          {calls === 0 ? 'Answer cache: unused.' : `Answer cache: ${shareText(hits, calls)}.`}
        </span>{' '}
        {calls === 0
          ? 'No step reuses answers. '
          : `${formatCount(hits)} of ${plural(calls, 'call')} that could reuse an answer did, in ${days} days${savedUsd === '0' ? '' : `; ${moneyText(savedUsd)} saved`}. `}
        {providerCacheTokens > 0
          ? `Providers read ${shareText(providerCacheTokens, inputTokens)} of the input from their own caches. `
          : null}
        <HelpLink href="/docs/costs#answer-cache" what="the answer cache" />
      </p>
      {canManage && kept > 0 ? <Clear kept={kept} /> : null}
    </section>
  );
}

function Clear({ kept }: { kept: number }) {
  const clear = useClearAnswerCache();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button size="sm" variant="ghost" onClick={() => setAsking(true)}>
        Clear {plural(kept, 'answer')}
      </Button>
      <AlertDialog
        open={asking}
        onOpenChange={setAsking}
        title="Clear the answer cache?"
        description="The next call of each step asks its model again. Runs and their results stay as they are."
        confirmLabel="Clear answers"
        pending={clear.isPending}
        onConfirm={() =>
          clear.mutateAsync().then(
            ({ cleared }) => toast.success(`${plural(cleared, 'answer')} cleared`),
            (error: unknown) => {
              toastError('The answers were not cleared', error);
              throw error;
            },
          )
        }
      />
    </>
  );
}
