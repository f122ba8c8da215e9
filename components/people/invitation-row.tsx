'use client';

import { X } from 'lucide-react';
import { Badge } from '@/components/ui/badge';
import { CopyButton } from '@/components/ui/copy-button';
import { IconButton } from '@/components/ui/icon-button';
import { TimeAgo } from '@/components/ui/time-ago';
import { toast, toastError } from '@/components/ui/toast';
import type { Invitation } from '@/lib/people/contract';
import { useRevokeInvitation } from './people-mutations';
import { roleTexts } from './role-select';

/** An open invitation: its link to copy again, or to take back. */
export function InvitationRow({ invitation }: { invitation: Invitation }) {
  const revoke = useRevokeInvitation();
  const take = () =>
    revoke.mutate(invitation.id, {
      onSuccess: () => toast.success(`The link for ${invitation.email} does not work any more`),
      onError: (error) => toastError('The invitation still stands', error),
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
      <CopyButton text={invitation.url} label="Copy link" />
      <IconButton
        size="sm"
        label={`Take back the invitation of ${invitation.email}`}
        disabled={revoke.isPending}
        onClick={take}
      >
        <X />
      </IconButton>
    </div>
  );
}
