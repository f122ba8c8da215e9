'use client';

import { CloudOff, Info, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { DraftHandle } from '@/components/realtime/use-draft';
import { plural } from '@/components/ui/format';
import { IconButton } from '@/components/ui/icon-button';

/** Quiet lines under the bar: the connection is away, or something could not be kept. */
export function Notices({ draft }: { draft: DraftHandle }) {
  const [read, setRead] = useState<string>();
  const { phase, pending, notice, error } = draft;
  return (
    <>
      {phase === 'offline' ? (
        <Line icon={<CloudOff />} tone="bg-warning-soft text-warning">
          The connection is away. Keep editing
          {pending > 0 ? `: ${plural(pending, 'edit')} wait here and follow by themselves.` : '.'}
        </Line>
      ) : null}
      {phase === 'refused' && error ? (
        <Line icon={<Info />} tone="bg-danger-soft text-danger">
          {error.message}
        </Line>
      ) : null}
      {notice && notice !== read ? (
        <Line icon={<Info />} tone="bg-info-soft text-info">
          {notice}
          <IconButton label="Dismiss" size="sm" className="ml-auto" onClick={() => setRead(notice)}>
            <X />
          </IconButton>
        </Line>
      ) : null}
    </>
  );
}

function Line({ icon, tone, children }: { icon: ReactNode; tone: string; children: ReactNode }) {
  return (
    <div
      role="status"
      className={`flex h-8 shrink-0 items-center gap-2 border-b px-4 text-xs [&>svg]:size-3.5 ${tone}`}
    >
      {icon}
      {children}
    </div>
  );
}
