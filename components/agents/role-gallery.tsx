'use client';

import { Check, Library, Plus } from 'lucide-react';
import Link from 'next/link';
import { useAgents, useSaveAgent } from '@/components/data/queries';
import { Avatar } from '@/components/icons/avatar';
import { Button } from '@/components/ui/controls/button';
import { toast, toastError } from '@/components/ui/controls/toast';
import { Badge } from '@/components/ui/display/badge';
import { Dialog } from '@/components/ui/overlays/dialog';
import { agentOfRole, type Role, roleGroups } from '@/lib/agents/define-role';
import { catalogue as roles } from '@/lib/agents/roles/catalogue';
import { catalogue as tools } from '@/lib/tools/builtin/catalogue';

/** Agents that the product brings along; what is added belongs to the workspace and may be changed freely. */
export function RoleGallery() {
  const agents = useAgents().data?.items ?? [];
  return (
    <Dialog
      size="lg"
      trigger={
        <Button size="sm">
          <Library aria-hidden /> Ready-made agents
        </Button>
      }
      title="Ready-made agents"
      description="Add those that you need. They are yours then: change their instructions, model and tools as you like."
    >
      <div className="space-y-5">
        {roleGroups.map((group) => (
          <section key={group} aria-label={group}>
            <h3 className="mb-2 text-xs font-medium text-faint">{group}</h3>
            <ul className="grid gap-2 sm:grid-cols-2">
              {Object.values(roles)
                .filter((role) => role.group === group)
                .map((role) => (
                  <RoleCard
                    key={role.handle}
                    role={role}
                    agentId={agents.find(({ handle }) => handle === role.handle)?.id}
                  />
                ))}
            </ul>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

function RoleCard({ role, agentId }: { role: Role; agentId: string | undefined }) {
  const { name, description, examples } = role;
  const save = useSaveAgent();
  const add = () =>
    save.mutate(
      { agent: agentOfRole(role) },
      {
        onSuccess: () => toast.success(`${name} was added`),
        onError: (error) => toastError(`${name} was not added`, error),
      },
    );
  return (
    <li className="flex flex-col gap-2 rounded-lg border p-3">
      <div className="flex items-center gap-2.5">
        <Avatar name={name} size={24} square />
        <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
        {agentId === undefined ? (
          <Button size="sm" aria-label={`Add ${name}`} loading={save.isPending} onClick={add}>
            <Plus aria-hidden /> Add
          </Button>
        ) : (
          <Link
            href={`/agents/${agentId}`}
            className="flex items-center gap-1 text-xs text-muted hover:underline"
          >
            <Check aria-hidden className="size-3.5 text-success" /> Added
          </Link>
        )}
      </div>
      <p className="text-sm text-muted">{description}</p>
      <p className="text-xs text-faint">“{examples[0]}”</p>
      {role.tools.length === 0 ? null : (
        <p className="mt-auto flex flex-wrap gap-1">
          {role.tools.map((tool) => (
            <Badge key={tool} tone="outline">
              {titles.get(tool) ?? tool}
            </Badge>
          ))}
        </p>
      )}
    </li>
  );
}

const titles = new Map(Object.values(tools).map((tool) => [tool.name, tool.title]));
