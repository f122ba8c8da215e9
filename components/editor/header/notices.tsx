'use client';

import { Archive, CloudOff, Info, Lock, TriangleAlert, Wrench, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { lockLine, useLockAgainst } from '@/components/locks/locks';
import { useObservable } from '@/components/observable/use-observable';
import { LostElsewhere } from '@/components/presence/lost-values';
import { RejectedDialog } from '@/components/rejected-edits/rejected-notice';
import { sentenceOf } from '@/components/rejected-edits/sentence';
import { useOfflineHealth, useRejectedEdits } from '@/components/rejected-edits/use-rejected-edits';
import { useOpenDraft, useSession } from '@/components/session/session';
import { useActor } from '@/components/shell/actor-context';
import { Button } from '@/components/ui/controls/button';
import { IconButton } from '@/components/ui/controls/icon-button';
import { plural } from '@/components/ui/format';

/** Quiet lines over the canvas: the connection is away, or something could not be kept. Nothing moves for them. */
export function Notices() {
  const { phase, pending, error } = useOpenDraft();
  const health = useOfflineHealth();
  return (
    <div className="pointer-events-none absolute inset-x-0 top-3 z-30 flex flex-col items-center gap-2">
      {phase === 'offline' ? (
        <Line icon={<CloudOff />} tone="text-warning [animation-delay:1.5s]">
          You’re offline. Keep editing
          {pending > 0 ? `: ${plural(pending, 'change')} will sync when you reconnect.` : '.'}
        </Line>
      ) : null}
      {health !== 'stored' && pending > 0 && phase !== 'saving' ? (
        <Line icon={<TriangleAlert />} tone="text-danger">
          {health === 'full'
            ? 'This browser’s storage is full. Keep this tab open until your changes are saved.'
            : 'This browser cannot store data. Keep this tab open until your changes are saved.'}
        </Line>
      ) : null}
      {phase === 'refused' && error ? (
        <Line icon={<Info />} tone="text-danger">
          {error.message}
          {pending > 0 ? ` ${plural(pending, 'change')} kept in this browser.` : ''}
        </Line>
      ) : null}
      <NotSaved />
      <WholeLock />
      <Mended />
      <LostElsewhere />
    </div>
  );
}

/** Edits that could not be saved, until their author has read of them: the header keeps them after that. */
function NotSaved() {
  const { workflowId } = useSession();
  const [read, setRead] = useState<string>();
  const [open, setOpen] = useState(false);
  const last = useRejectedEdits(useActor().userId, workflowId).at(-1);
  return (
    <>
      {last && last.id !== read ? (
        <Line icon={<Archive />} tone="text-warning">
          <span className="text-fg">{sentenceOf(last)} They are kept in this browser.</span>
          <Button size="sm" onClick={() => setOpen(true)}>
            Show
          </Button>
          <IconButton label="Dismiss" size="sm" onClick={() => setRead(last.id)}>
            <X />
          </IconButton>
        </Line>
      ) : null}
      <RejectedDialog open={open} onOpenChange={setOpen} />
    </>
  );
}

/** The whole workflow is locked by somebody else. */
function WholeLock() {
  const { copy } = useSession();
  const lock = useLockAgainst();
  if (!lock) return null;
  return (
    <Line icon={<Lock />} tone="text-warning">
      {lockLine(lock, copy.userId)}
    </Line>
  );
}

/** What the server put right after a merge, with the way to see it. */
function Mended() {
  const session = useSession();
  const { serverNotice } = useOpenDraft();
  const notice = useObservable(serverNotice);
  const [read, setRead] = useState(0);
  if (!notice || notice.number === read) return null;
  const there = notice.nodeIds.filter((id) => session.graph.get().nodes.has(id));
  return (
    <Line icon={<Wrench />} tone="text-info">
      <span className="text-fg">{notice.text}</span>
      {there.length > 0 ? (
        <Button size="sm" onClick={() => session.jumpTo(there)}>
          Show
        </Button>
      ) : null}
      <IconButton label="Dismiss" size="sm" onClick={() => setRead(notice.number)}>
        <X />
      </IconButton>
    </Line>
  );
}

function Line({ icon, tone, children }: { icon: ReactNode; tone: string; children: ReactNode }) {
  return (
    <div
      role="status"
      className={`pointer-events-auto flex min-h-8 max-w-[80%] animate-in items-center gap-2 rounded-lg border border-border-strong bg-raised px-3 py-1 text-xs [animation-fill-mode:backwards] [&>svg]:size-3.5 [&>svg]:shrink-0 ${tone}`}
    >
      {icon}
      {children}
    </div>
  );
}
