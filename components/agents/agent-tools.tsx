'use client';

import { Plus, Wrench } from 'lucide-react';
import { useState } from 'react';
import { useTools } from '@/components/data/tool-queries';
import { ToolMenu } from '@/components/tools/tool-menu';
import { Button } from '@/components/ui/controls/button';
import { Label } from '@/components/ui/label';
import { Popover } from '@/components/ui/overlays/popover';
import { maxGrants, type ToolGrant } from '@/lib/tools/settings';
import { ToolChip } from './tool-chip';

type Props = {
  grants: readonly ToolGrant[];
  editable: boolean;
  onChange: (grants: ToolGrant[]) => void;
};

/** What an agent may use, as chips in the colour of what they change; everything else is refused to it. */
export function AgentTools({ grants, editable, onChange }: Props) {
  const [open, setOpen] = useState(false);
  const names = grants.map(({ name }) => name);
  const { data } = useTools({ names: names.join(','), limit: 200 }, { enabled: names.length > 0 });
  const known = new Map(data?.items.map((tool) => [tool.name, tool]));
  return (
    <fieldset className="space-y-1.5">
      <Label asChild>
        <legend>Tools</legend>
      </Label>
      <div className="flex flex-wrap items-center gap-1.5">
        {grants.map((grant) => (
          <ToolChip
            key={grant.name}
            grant={grant}
            tool={known.get(grant.name)}
            loaded={data !== undefined}
            editable={editable}
            onChange={(next) =>
              onChange(grants.map((each) => (each.name === grant.name ? next : each)))
            }
            onRemove={() => onChange(grants.filter(({ name }) => name !== grant.name))}
          />
        ))}
        {editable ? (
          <Popover
            label="Add tools"
            open={open}
            onOpenChange={setOpen}
            className="w-96 p-0"
            trigger={
              <Button type="button" size="sm" disabled={grants.length >= maxGrants}>
                <Plus aria-hidden /> Add tools
              </Button>
            }
          >
            <ToolMenu
              chosen={names}
              onChoose={({ name, ref }) =>
                onChange(
                  names.includes(name)
                    ? grants.filter((each) => each.name !== name)
                    : [...grants, { name, ref, approval: 'policy' }],
                )
              }
            />
          </Popover>
        ) : null}
      </div>
      <p className="text-xs text-faint">
        {grants.length === 0 ? (
          <>
            <Wrench aria-hidden className="mr-1 inline size-3" />
            Without tools it can only write.
          </>
        ) : (
          'It can use these and nothing else, as far as whoever starts it may.'
        )}
      </p>
    </fieldset>
  );
}
