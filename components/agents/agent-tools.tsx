'use client';

import { Plus, Wrench } from 'lucide-react';
import { useState } from 'react';
import { useToolsByName } from '@/components/data/tool-queries';
import { ToolMenu } from '@/components/tools/tool-menu';
import { Button } from '@/components/ui/controls/button';
import { Label } from '@/components/ui/label';
import { Popover } from '@/components/ui/overlays/popover';
import type { ToolView } from '@/lib/tools/contract';
import { maxGrants, type ToolGrant } from '@/lib/tools/settings';
import { toolGroup } from '@/lib/tools/tool-group';
import { ToolChip } from './tool-chip';
import { ToolGroupChip } from './tool-group-chip';

type Props = {
  grants: readonly ToolGrant[];
  editable: boolean;
  onChange: (grants: ToolGrant[]) => void;
};

/** What an agent may use, as chips in the colour of what they change; everything else is refused to it. */
export function AgentTools({ grants, editable, onChange }: Props) {
  const [open, setOpen] = useState(false);
  const names = grants.map(({ name }) => name);
  const tools = useToolsByName(names);
  const known = new Map(tools?.map((tool) => [tool.name, tool]));
  const { alone, groups } = grouped(grants, known);
  const chip = (grant: ToolGrant) => (
    <ToolChip
      key={grant.name}
      grant={grant}
      tool={known.get(grant.name)}
      loaded={tools !== undefined}
      editable={editable}
      onChange={(next) => onChange(grants.map((each) => (each.name === grant.name ? next : each)))}
      onRemove={() => onChange(grants.filter(({ name }) => name !== grant.name))}
    />
  );
  return (
    <fieldset className="space-y-1.5">
      <Label asChild>
        <legend>Tools</legend>
      </Label>
      <div className="flex flex-wrap items-center gap-1.5">
        {alone.map(chip)}
        {groups.map(({ of, name, own }) => (
          <ToolGroupChip
            key={of}
            name={name}
            count={own.length}
            editable={editable}
            onRemove={() => onChange(grants.filter((grant) => !own.includes(grant)))}
          >
            {own.map(chip)}
          </ToolGroupChip>
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
              onChooseAll={(all) => onChange(withAll(grants, all))}
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
          <>
            It can use {grants.length === 1 ? 'this' : `these ${grants.length}`} and nothing else,
            as far as whoever starts it may.{grants.length > many ? searches : ''}
          </>
        )}
      </p>
    </fieldset>
  );
}

/** From how many tools on it is told of some, and finds the others by what they do. */
const many = 30;
const searches = ' It is told of a few that fit the task, and finds the others by itself.';
/** Tools of one server that are shown as one chip, when there are more. */
const most = 8;

function withAll(grants: readonly ToolGrant[], tools: readonly ToolView[]): ToolGrant[] {
  const added = tools
    .filter(({ name }) => !grants.some((grant) => grant.name === name))
    .map(({ name, ref }): ToolGrant => ({ name, ref, approval: 'policy' }));
  return [...grants, ...added].slice(0, maxGrants);
}

type Grouped = {
  alone: ToolGrant[];
  groups: { of: string; name: string; own: ToolGrant[] }[];
};

/** Servers and services of which it has many tools stand as one. */
function grouped(grants: readonly ToolGrant[], known: ReadonlyMap<string, ToolView>): Grouped {
  const groupOf = ({ name }: ToolGrant) => {
    const tool = known.get(name);
    return tool && toolGroup(tool);
  };
  const byGroup = Map.groupBy(grants, (grant) => groupOf(grant)?.of ?? '');
  const isLarge = (of: string, own: readonly ToolGrant[]) => of !== '' && own.length > most;
  const groups = [...byGroup].flatMap(([of, own]) => {
    const [first] = own;
    return first !== undefined && isLarge(of, own)
      ? [{ of, name: groupOf(first)?.name ?? first.name, own }]
      : [];
  });
  const inGroups = new Set(groups.flatMap(({ own }) => own));
  return { alone: grants.filter((grant) => !inGroups.has(grant)), groups };
}
