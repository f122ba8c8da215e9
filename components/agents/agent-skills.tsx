'use client';

import { useId } from 'react';
import { ChipInput } from '@/components/ui/controls/chip-input';
import { Label } from '@/components/ui/label';
import { maxSkills } from '@/lib/agents/assignment/needs';
import { readSkill, useSkills } from './use-skills';

type Props = {
  skills: readonly string[];
  editable: boolean;
  onChange: (skills: string[]) => void;
};

/** What an agent is good at: steps that name no agent find it by these. */
export function AgentSkills({ skills, editable, onChange }: Props) {
  const id = useId();
  const used = useSkills();
  return (
    <div className="space-y-1.5">
      <Label htmlFor={id}>Skills</Label>
      <ChipInput
        id={id}
        aria-label="Skills"
        aria-describedby={`${id}-note`}
        values={skills}
        suggestions={skills.length >= maxSkills ? [] : used}
        read={readSkill}
        disabled={!editable}
        placeholder="code review"
        onAdd={(skill) => onChange([...skills, skill].slice(0, maxSkills))}
        onRemove={(skill) => onChange(skills.filter((each) => each !== skill))}
      />
      <p id={`${id}-note`} className="text-xs text-faint">
        Steps that ask for “whoever fits” find it by these.
      </p>
    </div>
  );
}
