'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { SettingsPage, SettingsRow, SettingsSection } from '@/components/settings/settings-section';
import { useActor, useCan } from '@/components/shell/actor-context';
import { Button } from '@/components/ui/controls/button';
import { CopyButton } from '@/components/ui/controls/copy-button';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { toast } from '@/components/ui/controls/toast';
import { ErrorState } from '@/components/ui/display/error-state';
import { SkeletonRows } from '@/components/ui/display/skeleton';
import type { Workspace } from '@/lib/people/contract';
import { LeaveRow } from './leave-row';
import { useRenameWorkspace, useWorkspace } from './people-mutations';
import { roleTexts } from './role-select';

/** Name and address of the workspace, and what is one's own in it. */
export function WorkspaceSettings() {
  const workspace = useWorkspace();
  return (
    <SettingsPage
      title="General"
      description="This workspace, and your part in it."
      help="/docs/members#workspaces"
    >
      {workspace.isPending ? (
        <div className="overflow-hidden rounded-lg border">
          <SkeletonRows rows={3} className="-mb-px" />
        </div>
      ) : workspace.data === undefined ? (
        <ErrorState
          title="The workspace could not be loaded"
          error={workspace.error}
          onRetry={() => void workspace.refetch()}
        />
      ) : (
        <>
          <SettingsSection title="Workspace">
            <NameRow key={workspace.data.name} workspace={workspace.data} />
            <SettingsRow
              title="Workspace ID (API)"
              description="Value for the x-workspace header, if you belong to several workspaces."
            >
              <code className="font-mono text-xs">{workspace.data.slug}</code>
              <CopyButton text={workspace.data.slug} />
            </SettingsRow>
          </SettingsSection>
          <You workspace={workspace.data} />
        </>
      )}
    </SettingsPage>
  );
}

function NameRow({ workspace }: { workspace: Workspace }) {
  const router = useRouter();
  const canManage = useCan('workspace.manage');
  const [name, setName] = useState(workspace.name);
  const rename = useRenameWorkspace();
  const changed = name.trim() !== '' && name.trim() !== workspace.name;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!changed) return;
    // Of the promise: the new name begins this row anew, maybe before callbacks of `mutate` are called.
    rename.mutateAsync(name.trim()).then(
      () => {
        toast.success('Renamed');
        router.refresh();
      },
      // Shown beside the name.
      () => undefined,
    );
  };
  if (!canManage) {
    return (
      <SettingsRow title="Name" description="Only admins and owners can rename it.">
        {workspace.name}
      </SettingsRow>
    );
  }
  return (
    <SettingsRow title="Name" description="Shown in the sidebar and on invitations.">
      <form onSubmit={submit} className="flex items-start gap-2">
        <Field label="Name" hideLabel error={rename.error?.message} className="w-56">
          <Input value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Button type="submit" disabled={!changed} loading={rename.isPending}>
          Rename
        </Button>
      </form>
    </SettingsRow>
  );
}

function You({ workspace }: { workspace: Workspace }) {
  const actor = useActor();
  return (
    <SettingsSection title="You in this workspace">
      <SettingsRow title={actor.name} description={actor.email}>
        <span className="text-muted">{roleTexts[actor.role].label}</span>
      </SettingsRow>
      <LeaveRow workspace={workspace} />
    </SettingsSection>
  );
}
