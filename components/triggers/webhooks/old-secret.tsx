'use client';

import { useEndOldSecret } from '@/components/data/trigger-queries';
import { Button } from '@/components/ui/controls/button';
import { toastError } from '@/components/ui/controls/toast';
import { useNow } from '@/components/ui/display/time-ago';
import { exactTime } from '@/components/ui/format';
import type { Trigger } from '@/lib/triggers/contract';
import { timeUntil } from '../parts/trigger-words';

type Props = { trigger: Extract<Trigger, { kind: 'webhook' }>; mayWrite: boolean };

/** While the secret before the newest one is still good: how long, and a way to end that. */
export function OldSecret({ trigger, mayWrite }: Props) {
  const end = useEndOldSecret();
  const now = useNow();
  const { oldSecret } = trigger;
  if (oldSecret === null || now === 0) return null;
  const until = Date.parse(oldSecret.until);
  if (until <= now) return null;
  return (
    <div className="flex items-center gap-2 text-xs text-muted">
      <p className="min-w-0 flex-1">
        The old secret, <code className="font-mono text-2xs">{oldSecret.hint}</code>, still works
        until{' '}
        <time dateTime={oldSecret.until} title={exactTime(new Date(until))} className="tabular">
          {timeUntil(until, now)}
        </time>
        .
      </p>
      {mayWrite ? (
        <Button
          size="sm"
          loading={end.isPending}
          aria-label="Revoke the old secret now"
          onClick={() =>
            end.mutate(trigger.id, {
              onError: (error) => toastError('The old secret was not revoked', error),
            })
          }
        >
          Revoke now
        </Button>
      ) : null}
    </div>
  );
}
