'use client';

import { useMembers } from '@/components/data/people-queries';
import { useAgents, useWorkflows } from '@/components/data/queries';
import { Field } from '@/components/ui/controls/field';
import { Select } from '@/components/ui/controls/select';
import type { BudgetScope } from '@/lib/spending/schema';

type Props = {
  scope: Exclude<BudgetScope, 'workspace' | 'run'>;
  /** Undefined: each of them. */
  value: string | undefined;
  onChange: (value: string | undefined) => void;
};

const every = 'each';
const labels = { workflow: 'Workflow', agent: 'Agent', person: 'Person' } as const;
const all = { workflow: 'Each workflow', agent: 'Each agent', person: 'Each person' } as const;

/** Which workflow, agent or person a budget is for, or each of them for itself. */
export function SubjectPicker({ scope, value, onChange }: Props) {
  const subjects = useSubjects(scope);
  return (
    <Field label={labels[scope]}>
      <Select
        value={value ?? every}
        onValueChange={(next) => onChange(next === every ? undefined : next)}
        options={[{ value: every, label: all[scope] }, ...subjects]}
        className="w-full"
      />
    </Field>
  );
}

function useSubjects(scope: Props['scope']) {
  const workflows = useWorkflows();
  const agents = useAgents();
  const members = useMembers();
  switch (scope) {
    case 'workflow':
      return (workflows.data?.pages ?? [])
        .flatMap(({ items }) => items)
        .map(({ id, name }) => ({ value: id, label: name }));
    case 'agent':
      return (agents.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }));
    case 'person':
      return (members.data?.items ?? []).map(({ userId, name }) => ({
        value: userId,
        label: name,
      }));
  }
}
