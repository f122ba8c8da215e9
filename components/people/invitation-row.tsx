'use client';

import { X } from 'lucide-react';
import { Button } from '@/components/ui/controls/button';
import { IconButton } from '@/components/ui/controls/icon-button';
import { toast, toastError } from '@/components/ui/controls/toast';
import { Badge } from '@/components/ui/display/badge';
import { TimeAgo } from '@/components/ui/display/time-ago';
import type { Invitation } from '@/lib/people/contract';
import { LinkDialog } from './link-dialog';
import { useInvite, useRevokeInvitation } from './people-mutations';
import { roleTexts } from './role-select';

/** An open invitation: a new link in place of the first, which is shown once, or to take back. */
export function InvitationRow({ invitation }: { invitation: Invitation }) {
  const revoke = useRevokeInvitation();
  const renew = useInvite();
  const newLink = () => {
    const { email, role } = invitation;
    if (role === 'owner') return;
    renew.mutate(
      { email, role },
      { onError: (error) => toastError('The new link was not created', error) },
    );
  };
  const take = () =>
    revoke.mutate(invitation.id, {
      onSuccess: () => toast.success(`The link for ${invitation.email} was revoked`),
      onError: (error) => toastError('The invitation was not revoked', error),
    });
  return (
    <div className="flex items-center gap-3 px-4 py-2.5">
      <div className="min-w-0 flex-1">
        <div className="truncate font-medium">{invitation.email}</div>
        <div className="truncate text-xs text-muted">
          Invited by {invitation.invitedBy} <TimeAgo at={invitation.createdAt} />, valid for seven
          days
        </div>
      </div>
      <Badge tone="outline">{roleTexts[invitation.role].label}</Badge>
      <Button size="sm" loading={renew.isPending} onClick={newLink}>
        New link
      </Button>
      <IconButton
        size="sm"
        label={`Revoke the invitation of ${invitation.email}`}
        disabled={revoke.isPending}
        onClick={take}
      >
        <X />
      </IconButton>
      {renew.data ? (
        <LinkDialog invitation={renew.data} renewed onClose={() => renew.reset()} />
      ) : null}
    </div>
  );
}
