'use client';

import Link from 'next/link';
import { useState } from 'react';
import { useMembers } from '@/components/data/people-queries';
import { SettingsRow } from '@/components/settings/settings-section';
import { useActor } from '@/components/shell/actor-context';
import { Button } from '@/components/ui/controls/button';
import { toastError } from '@/components/ui/controls/toast';
import { AlertDialog } from '@/components/ui/overlays/alert-dialog';
import type { Workspace } from '@/lib/people/contract';
import { useLeaveWorkspace } from './people-mutations';

/** Leaves the workspace; its last owner is told what to do first. */
export function LeaveRow({ workspace }: { workspace: Workspace }) {
  const { role } = useActor();
  const members = useMembers();
  const owners = members.data?.items.filter((member) => member.role === 'owner').length;
  const isLast = role === 'owner' && owners === 1;
  const [leaving, setLeaving] = useState(false);
  const leave = useLeaveWorkspace();
  return (
    <>
      <SettingsRow
        title="Leave this workspace"
        description={
          isLast
            ? 'You are its only owner. Make someone else an owner first, then you can leave.'
            : 'You lose access immediately. Everything you created is kept.'
        }
      >
        {isLast ? (
          <Button asChild>
            <Link href="/settings/members">Open members</Link>
          </Button>
        ) : (
          <Button onClick={() => setLeaving(true)}>Leave</Button>
        )}
      </SettingsRow>
      <AlertDialog
        open={leaving}
        onOpenChange={setLeaving}
        title={`Leave ${workspace.name}?`}
        description="Your API keys for this workspace stop working. You need an invitation to come back."
        confirmLabel="Leave workspace"
        pending={leave.isPending}
        onConfirm={() =>
          leave.mutateAsync().then(
            () => window.location.assign('/'),
            (error: unknown) => {
              toastError('You did not leave the workspace', error);
              throw error;
            },
          )
        }
      />
    </>
  );
}
