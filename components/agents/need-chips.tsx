'use client';

import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useTools } from '@/components/data/tool-queries';
import { effects } from '@/components/tools/effects';
import { ToolMenu } from '@/components/tools/tool-menu';
import { Button } from '@/components/ui/controls/button';
import { ChipInput } from '@/components/ui/controls/chip-input';
import { IconButton } from '@/components/ui/controls/icon-button';
import { Badge } from '@/components/ui/display/badge';
import { Popover } from '@/components/ui/overlays/popover';
import { readSkill, useSkills } from './use-skills';

type Props = {
  names: readonly string[];
  onAdd: (name: string) => void;
  onRemove: (name: string) => void;
  disabled: boolean;
  id: string;
  'aria-label': string;
  'aria-describedby': string | undefined;
};

/** Skills or tools that are needed, as chips. */
export function NeedChips({ of, ...props }: Props & { of: 'skills' | 'tools' }) {
  return of === 'skills' ? <SkillChips {...props} /> : <ToolChips {...props} />;
}

function SkillChips({ names, ...props }: Props) {
  const skills = useSkills();
  return (
    <ChipInput
      {...props}
      values={names}
      suggestions={skills}
      read={readSkill}
      placeholder="code review"
    />
  );
}

function ToolChips({ names, onAdd, onRemove, disabled, ...aria }: Props) {
  const [open, setOpen] = useState(false);
  const { data } = useTools({ names: names.join(','), limit: 200 }, { enabled: names.length > 0 });
  const known = new Map(data?.items.map((tool) => [tool.name, tool]));
  return (
    <fieldset {...aria} className="flex flex-wrap items-center gap-1.5">
      {names.map((name) => {
        const tool = known.get(name);
        const title = tool?.title ?? name;
        return (
          <span
            key={name}
            className="inline-flex h-7 items-center gap-1.5 rounded-md border pr-0.5 pl-2 text-xs"
          >
            <span className="min-w-0 truncate font-medium">{title}</span>
            {tool ? (
              <Badge tone={effects[tool.effect].tone}>{effects[tool.effect].label}</Badge>
            ) : null}
            {disabled ? (
              <span className="w-1" />
            ) : (
              <IconButton size="sm" label={`Remove ${title}`} onClick={() => onRemove(name)}>
                <X className="!size-3" />
              </IconButton>
            )}
          </span>
        );
      })}
      {disabled ? null : (
        <Popover
          label={`Add ${aria['aria-label'].toLowerCase()}`}
          open={open}
          onOpenChange={setOpen}
          className="w-96 p-0"
          trigger={
            <Button size="sm">
              <Plus aria-hidden /> Add tool
            </Button>
          }
        >
          <ToolMenu
            chosen={names}
            onChoose={({ name }) => (names.includes(name) ? onRemove(name) : onAdd(name))}
          />
        </Popover>
      )}
    </fieldset>
  );
}
