'use client';

import { ChevronsUpDown, Plus } from 'lucide-react';
import { useState } from 'react';
import { useChangeWorkspace, useMe } from '@/components/data/people-queries';
import { Avatar } from '@/components/icons/avatar';
import { toastError } from '@/components/ui/controls/toast';
import {
  DropdownMenu,
  DropdownMenuChoice,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
} from '@/components/ui/overlays/dropdown-menu';
import { useActor } from './actor-context';
import { CreateWorkspace } from './create-workspace';

/** Names the current workspace and changes to another. */
export function WorkspaceSwitcher({ name, compact }: { name: string; compact?: boolean }) {
  const actor = useActor();
  const me = useMe();
  const change = useChangeWorkspace();
  const [creating, setCreating] = useState(false);
  const current = me.data?.workspaces.find((each) => each.id === actor.workspaceId)?.name ?? name;
  const options = (me.data?.workspaces ?? [{ id: actor.workspaceId, name }]).map((each) => ({
    value: each.id,
    label: each.name,
  }));
  return (
    <>
      <DropdownMenu
        className="w-56"
        trigger={
          <button
            type="button"
            className="flex h-8 min-w-0 items-center gap-2 rounded-md px-1.5 text-left hover:bg-active data-[state=open]:bg-active"
          >
            <Avatar name={current} id={actor.workspaceId} square />
            <span className="sr-only">Workspace {compact ? current : null}</span>
            {compact ? null : (
              <>
                <span className="min-w-0 flex-1 truncate font-medium">{current}</span>
                <ChevronsUpDown className="size-3.5 shrink-0 text-faint" aria-hidden />
              </>
            )}
          </button>
        }
      >
        <DropdownMenuLabel>Workspaces</DropdownMenuLabel>
        <DropdownMenuChoice
          value={actor.workspaceId}
          onValueChange={(id) => {
            if (id === actor.workspaceId) return;
            change.mutate(id, {
              onSuccess: () => window.location.assign('/'),
              onError: (error) => toastError('The workspace was not switched', error),
            });
          }}
          options={options}
        />
        <DropdownMenuSeparator />
        <DropdownMenuItem onSelect={() => setCreating(true)}>
          <Plus aria-hidden /> New workspace…
        </DropdownMenuItem>
      </DropdownMenu>
      <CreateWorkspace open={creating} onOpenChange={setCreating} />
    </>
  );
}
