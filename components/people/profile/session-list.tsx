'use client';

import { MonitorSmartphone } from 'lucide-react';
import { useState } from 'react';
import { SettingsSection } from '@/components/settings/settings-section';
import { Button } from '@/components/ui/controls/button';
import { toast, toastError } from '@/components/ui/controls/toast';
import { Badge } from '@/components/ui/display/badge';
import { TimeAgo } from '@/components/ui/display/time-ago';
import { plural } from '@/components/ui/format';
import { AlertDialog } from '@/components/ui/overlays/alert-dialog';
import type { PersonSession } from '@/lib/people/profile';
import { useEndOtherSessions, useEndSession } from './profile-queries';

/** The browsers in which one is signed in, to be signed out one by one or all at once. */
export function SessionList({ sessions }: { sessions: readonly PersonSession[] }) {
  const [asking, setAsking] = useState(false);
  const endOthers = useEndOtherSessions();
  const others = sessions.filter(({ current }) => !current).length;
  return (
    <div className="space-y-3">
      <SettingsSection title="Sessions">
        {sessions.map((session) => (
          <SessionRow key={session.id} session={session} />
        ))}
      </SettingsSection>
      {others === 0 ? (
        <p className="text-xs text-muted">You are signed in nowhere else.</p>
      ) : (
        <Button onClick={() => setAsking(true)}>Sign out everywhere else</Button>
      )}
      <AlertDialog
        open={asking}
        onOpenChange={setAsking}
        title="Sign out everywhere else?"
        description={`${plural(others, 'other browser')} must sign in again. What was not saved there stays in that browser. API keys go on.`}
        confirmLabel="Sign out"
        pending={endOthers.isPending}
        onConfirm={() =>
          endOthers.mutateAsync().then(
            ({ ended }) => void toast.success(`${plural(ended, 'session')} ended`),
            (error: unknown) => {
              toastError('The other sessions go on', error);
              throw error;
            },
          )
        }
      />
    </div>
  );
}

function SessionRow({ session }: { session: PersonSession }) {
  const { id, device, address, current, lastSeenAt, createdAt } = session;
  const end = useEndSession();
  return (
    <div className="flex items-center gap-3 px-4 py-2.5">
      <MonitorSmartphone aria-hidden className="size-4 shrink-0 text-muted" />
      <div className="min-w-0 flex-1">
        <div className="flex items-center gap-2">
          <span className="truncate font-medium">{device}</span>
          {current ? <Badge>This browser</Badge> : null}
        </div>
        <div className="text-xs text-muted">
          {current ? (
            'Active now'
          ) : (
            <>
              Last seen <TimeAgo at={lastSeenAt} />
            </>
          )}
          {address === null ? null : <> · {address}</>} · signed in <TimeAgo at={createdAt} />
        </div>
      </div>
      {current ? null : (
        <Button
          size="sm"
          aria-label={`Sign out ${device}`}
          loading={end.isPending}
          onClick={() =>
            end.mutate(id, {
              onSuccess: () => toast.success(`${device} was signed out`),
              onError: (error) => toastError('The session was not ended', error),
            })
          }
        >
          Sign out
        </Button>
      )}
    </div>
  );
}
