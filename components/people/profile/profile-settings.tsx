'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { Avatar } from '@/components/icons/avatar';
import { SettingsPage, SettingsRow, SettingsSection } from '@/components/settings/settings-section';
import { useActor } from '@/components/shell/actor-context';
import { Button } from '@/components/ui/controls/button';
import { Input } from '@/components/ui/controls/input';
import { toast, toastError } from '@/components/ui/controls/toast';
import { ErrorState } from '@/components/ui/display/error-state';
import { SkeletonRows } from '@/components/ui/display/skeleton';
import { PasswordDialog } from '../password-dialog';
import { useChangeName, useSessions } from './profile-queries';
import { SessionList } from './session-list';
import { TwoFactorRow } from './two-factor-row';

/** Who one is, how one signs in, and where one is signed in. */
export function ProfileSettings() {
  const sessions = useSessions();
  const [changing, setChanging] = useState(false);
  const { email } = useActor();
  return (
    <SettingsPage
      title="Profile"
      description="Your account, in all workspaces."
      help="/docs/members#account"
    >
      <SettingsSection>
        <NameRow />
        <SettingsRow title="Email" description="You sign in with it, and invitations name it.">
          <span className="truncate text-muted">{email}</span>
        </SettingsRow>
      </SettingsSection>
      {sessions.isPending ? (
        <div className="overflow-hidden rounded-lg border">
          <SkeletonRows rows={3} className="-mb-px" />
        </div>
      ) : sessions.data === undefined ? (
        <ErrorState
          title="Your sessions could not be loaded"
          error={sessions.error}
          onRetry={() => void sessions.refetch()}
        />
      ) : (
        <>
          <SettingsSection title="Sign-in">
            <SettingsRow title="Password" description="Changing it signs you out everywhere else.">
              <Button onClick={() => setChanging(true)}>Change password</Button>
            </SettingsRow>
            <TwoFactorRow on={sessions.data.twoFactor} />
          </SettingsSection>
          <SessionList sessions={sessions.data.items} />
        </>
      )}
      {changing ? <PasswordDialog onClose={() => setChanging(false)} /> : null}
    </SettingsPage>
  );
}

function NameRow() {
  const router = useRouter();
  const { name: stored, userId } = useActor();
  const [name, setName] = useState(stored);
  const change = useChangeName();
  const changed = name.trim() !== '' && name.trim() !== stored;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!changed) return;
    change.mutate(name.trim(), {
      onSuccess: () => {
        toast.success('Your name was changed');
        router.refresh();
      },
      onError: (error) => toastError('Your name was not changed', error),
    });
  };
  return (
    <SettingsRow
      title={
        <span className="flex items-center gap-2.5">
          <Avatar name={name || stored} id={userId} size={32} /> Name
        </span>
      }
    >
      <form onSubmit={submit} className="flex gap-2">
        <Input
          aria-label="Name"
          value={name}
          maxLength={100}
          autoComplete="name"
          className="w-56"
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="submit" disabled={!changed} loading={change.isPending}>
          Save
        </Button>
      </form>
    </SettingsRow>
  );
}
