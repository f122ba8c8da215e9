'use client';

import { Lock, LockOpen } from 'lucide-react';
import { useSession } from '@/components/session/session';
import { Button } from '@/components/ui/controls/button';
import { Tooltip } from '@/components/ui/controls/tooltip';
import type { DraftLock } from '@/lib/realtime/messages';
import { lockLine, useLockAgainst, useStepLock, useWholeLock } from './locks';
import { useLockActions } from './use-lock-actions';

/** On the card: who locked it, and why. */
export function LockBadge({ nodeId }: { nodeId: string }) {
  const { copy } = useSession();
  const lock = useStepLock(nodeId);
  if (!lock) return null;
  const line = lockLine(lock, copy.userId);
  return (
    <Tooltip label={line}>
      <span
        role="img"
        aria-label={line}
        className="absolute -top-2 -left-2 flex size-[18px] items-center justify-center rounded-full border border-warning bg-surface text-warning"
      >
        <Lock className="size-2.5" strokeWidth={2.5} />
      </span>
    </Tooltip>
  );
}

/** In the inspector: who locked the step, until when and why, and the way out for those who may. */
export function LockBanner({ nodeId }: { nodeId: string }) {
  const own = useStepLock(nodeId);
  const whole = useLockAgainst();
  const lock = whole ?? own;
  return lock ? <LockLine lock={lock} /> : null;
}

/** The same for the workflow as a whole. */
export function WorkflowLock() {
  const { actions } = useSession();
  const { mayLock } = useLockActions();
  const whole = useWholeLock();
  if (whole) return <LockLine lock={whole} />;
  if (!mayLock) return null;
  return (
    <Button size="sm" className="self-start" onClick={() => actions.askLock([])}>
      <Lock aria-hidden /> Lock the workflow
    </Button>
  );
}

function LockLine({ lock }: { lock: DraftLock }) {
  const { copy } = useSession();
  const { mayEnd, unlock, pending } = useLockActions();
  return (
    <div
      role="status"
      className="flex items-center gap-2 rounded-md bg-warning-soft px-2.5 py-1.5 text-xs text-warning"
    >
      <Lock aria-hidden className="size-3.5 shrink-0" />
      <p className="min-w-0 flex-1 break-words">{lockLine(lock, copy.userId)}</p>
      {mayEnd(lock) ? (
        <Button size="sm" disabled={pending} onClick={() => void unlock(lock)}>
          <LockOpen aria-hidden /> Unlock
        </Button>
      ) : null}
    </div>
  );
}
