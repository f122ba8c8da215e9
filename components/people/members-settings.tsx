'use client';

import { UserPlus } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { useInvitations, useMembers } from '@/components/data/people-queries';
import { SettingsPage, SettingsSection } from '@/components/settings/settings-section';
import { useCan } from '@/components/shell/actor-context';
import { Button } from '@/components/ui/controls/button';
import { ErrorState } from '@/components/ui/display/error-state';
import { SkeletonRows } from '@/components/ui/display/skeleton';
import { InvitationRow } from './invitation-row';
import { InviteDialog } from './invite-dialog';
import { MemberRow } from './member-row';

/** Who belongs to the workspace, with which role, and who is invited. */
export function MembersSettings() {
  const canManage = useCan('members.manage');
  const members = useMembers();
  const invitations = useInvitations(canManage);
  const asked = useSearchParams().has('invite') && canManage;
  const [inviting, setInviting] = useState(asked);
  const open = invitations.data?.items ?? [];
  return (
    <SettingsPage
      title="Members"
      help="/docs/members"
      description={
        canManage
          ? 'Everyone here can see this workspace. Roles decide what they can change.'
          : 'Only admins and owners can invite people and change roles.'
      }
      actions={
        canManage ? (
          <Button data-tour="invite" variant="primary" size="sm" onClick={() => setInviting(true)}>
            <UserPlus aria-hidden /> Invite
          </Button>
        ) : null
      }
    >
      {members.isPending ? (
        <div className="overflow-hidden rounded-lg border">
          <SkeletonRows rows={4} className="-mb-px" />
        </div>
      ) : members.data === undefined ? (
        <ErrorState
          title="The members could not be loaded"
          error={members.error}
          onRetry={() => void members.refetch()}
        />
      ) : (
        <SettingsSection>
          {members.data.items.map((member) => (
            <MemberRow key={member.userId} member={member} />
          ))}
        </SettingsSection>
      )}
      {open.length > 0 ? (
        <SettingsSection title="Invited">
          {open.map((invitation) => (
            // A new link is a new invitation of the same person.
            <InvitationRow key={invitation.email} invitation={invitation} />
          ))}
        </SettingsSection>
      ) : null}
      {inviting ? <InviteDialog onClose={() => setInviting(false)} /> : null}
    </SettingsPage>
  );
}
