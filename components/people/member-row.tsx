'use client';

import { KeyRound, UserMinus } from 'lucide-react';
import { useState } from 'react';
import { Avatar } from '@/components/icons/avatar';
import { useActor, useCan } from '@/components/shell/actor-context';
import { IconButton } from '@/components/ui/controls/icon-button';
import { toast, toastError } from '@/components/ui/controls/toast';
import { Badge } from '@/components/ui/display/badge';
import { AlertDialog } from '@/components/ui/overlays/alert-dialog';
import { isAtLeast } from '@/lib/people/can';
import type { Member } from '@/lib/people/contract';
import { type Role, roles } from '@/lib/people/schema';
import { PasswordLinkDialog } from './password-link-dialog';
import { useChangeRole, useRemoveMember } from './people-mutations';
import { RoleSelect, roleTexts } from './role-select';

const belowOwner = roles.filter((role) => role !== 'owner');

/** A member with the role, to be changed or removed by whoever may. */
export function MemberRow({ member }: { member: Member }) {
  const actor = useActor();
  const canManage = useCan('members.manage');
  const change = useChangeRole();
  const [removing, setRemoving] = useState(false);
  const [resetting, setResetting] = useState(false);
  const mine = member.userId === actor.userId;
  const reachable = canManage && (actor.role === 'owner' || member.role !== 'owner');
  const setRole = (role: Role) =>
    change.mutate(
      { userId: member.userId, role },
      {
        onSuccess: () =>
          toast.success(`${member.name} is now ${roleTexts[role].label.toLowerCase()}`),
        onError: (error) => toastError('The role was not changed', error),
      },
    );
  return (
    <div className="flex items-center gap-3 px-4 py-2.5">
      <Avatar name={member.name} id={member.userId} size={28} />
      <div className="min-w-0 flex-1">
        <div className="flex items-center gap-2">
          <span className="truncate font-medium">{member.name}</span>
          {mine ? <Badge>You</Badge> : null}
          {member.twoFactor ? <Badge tone="outline">Two-factor</Badge> : null}
        </div>
        <div className="truncate text-xs text-muted">{member.email}</div>
      </div>
      {reachable ? (
        <>
          <RoleSelect
            size="sm"
            aria-label={`Role of ${member.name}`}
            className="w-32"
            value={change.isPending ? change.variables.role : member.role}
            among={actor.role === 'owner' ? roles : belowOwner}
            disabled={change.isPending}
            onValueChange={setRole}
          />
          {mine ? (
            <span className="w-7" />
          ) : (
            <>
              {isAtLeast(member.role, actor.role) ? null : (
                <IconButton
                  label={`New password for ${member.name}`}
                  onClick={() => setResetting(true)}
                >
                  <KeyRound />
                </IconButton>
              )}
              <IconButton label={`Remove ${member.name}`} onClick={() => setRemoving(true)}>
                <UserMinus />
              </IconButton>
            </>
          )}
        </>
      ) : (
        <Badge tone="outline">{roleTexts[member.role].label}</Badge>
      )}
      {resetting ? (
        <PasswordLinkDialog member={member} onClose={() => setResetting(false)} />
      ) : null}
      <RemoveDialog member={member} open={removing} onOpenChange={setRemoving} />
    </div>
  );
}

type RemoveProps = { member: Member; open: boolean; onOpenChange: (open: boolean) => void };

function RemoveDialog({ member, open, onOpenChange }: RemoveProps) {
  const remove = useRemoveMember();
  return (
    <AlertDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Remove ${member.name}?`}
      description="They lose access immediately and their API keys for this workspace stop working. Everything they created is kept."
      confirmLabel="Remove member"
      pending={remove.isPending}
      onConfirm={() =>
        remove.mutateAsync(member.userId).catch((error: unknown) => {
          toastError(`${member.name} was not removed`, error);
          throw error;
        })
      }
    />
  );
}
