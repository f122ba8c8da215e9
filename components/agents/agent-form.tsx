'use client';

import Link from 'next/link';
import { type FormEvent, useState } from 'react';
import { useHasModel } from '@/components/data/queries';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { Textarea } from '@/components/ui/controls/textarea';
import { handleOf } from '@/lib/agents/handle-of';
import { type AgentInput, agentInputSchema } from '@/lib/agents/schema';
import { usualLimits } from '@/lib/tools/settings';
import { AgentLimits } from './agent-limits';
import { AgentSkills } from './agent-skills';
import { AgentTools } from './agent-tools';
import { ModelMore } from './model-more';
import { ModelSelect } from './model-select';

export const emptyAgent: AgentInput = {
  handle: '',
  name: '',
  description: '',
  instructions: '',
  model: 'auto',
  skills: [],
  tools: [],
  limits: usualLimits,
};

type Props = {
  initial: AgentInput;
  /** The handle of a new agent follows its name, until somebody writes another one. */
  isNew?: boolean;
  /** False shows the agent without letting it be changed. */
  editable: boolean;
  pending: boolean;
  submitLabel: string;
  /** What the server said about the last try. */
  error?: string;
  /** The agent as it stands in the form, whenever it changes. */
  onChange?: (agent: AgentInput) => void;
  onSubmit: (agent: AgentInput) => void;
};

/** Everything that a person sets of an agent. */
export function AgentForm(props: Props) {
  const { initial, editable, pending, submitLabel, error, onChange, onSubmit } = props;
  const [agent, setAgent] = useState(initial);
  const [ownHandle, setOwnHandle] = useState(hasOwnHandle(props));
  const [problems, setProblems] = useState<Record<string, string>>({});
  const set = (change: Partial<AgentInput>) => {
    const next = { ...agent, ...change };
    setAgent(next);
    onChange?.(next);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const parsed = agentInputSchema.safeParse(agent);
    setProblems(
      Object.fromEntries(
        (parsed.error?.issues ?? []).map((issue) => [String(issue.path[0]), sentence(issue)]),
      ),
    );
    if (parsed.success) onSubmit(parsed.data);
  };
  return (
    <form onSubmit={submit} noValidate className="max-w-[680px] space-y-5">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Name" error={problems.name}>
          <Input
            value={agent.name}
            disabled={!editable}
            placeholder="Trend analyst"
            onChange={(event) => {
              const name = event.target.value;
              set(ownHandle ? { name } : { name, handle: handleOf(name) });
            }}
          />
        </Field>
        <Field
          label="Handle"
          hint="Steps and messages refer to it by this name. Steps that use it keep the old handle."
          error={problems.handle}
        >
          <Input
            value={agent.handle}
            disabled={!editable}
            placeholder="trend-analyst"
            className="font-mono text-xs"
            onChange={(event) => {
              setOwnHandle(true);
              set({ handle: event.target.value });
            }}
          />
        </Field>
      </div>
      <Field
        label="Description"
        hint="What it is good at, in one line."
        error={problems.description}
      >
        <Input
          value={agent.description}
          disabled={!editable}
          onChange={(event) => set({ description: event.target.value })}
        />
      </Field>
      <Field
        label="Instructions"
        hint="Its role, what it should and should not do, and how it should answer."
        error={problems.instructions}
      >
        <Textarea
          value={agent.instructions}
          disabled={!editable}
          className="max-h-[50vh] min-h-44"
          placeholder="You analyse sales data. State every figure with its source…"
          onChange={(event) => set({ instructions: event.target.value })}
        />
      </Field>
      <AgentSkills
        skills={agent.skills}
        editable={editable}
        onChange={(skills) => set({ skills })}
      />
      <Field label="Model" hint={<ModelHint />}>
        <ModelSelect
          value={agent.model}
          disabled={!editable}
          onChange={(model) => set({ model })}
        />
      </Field>
      <ModelMore value={agent.model} disabled={!editable} onChange={(model) => set({ model })} />
      <AgentTools grants={agent.tools} editable={editable} onChange={(tools) => set({ tools })} />
      {problems.tools ? (
        <p role="alert" className="text-xs text-danger">
          {problems.tools}
        </p>
      ) : null}
      <AgentLimits
        limits={agent.limits}
        withTools={agent.tools.length > 0}
        editable={editable}
        onChange={(limits) => set({ limits })}
      />
      {problems.limits ? (
        <p role="alert" className="text-xs text-danger">
          Limits are numbers above 0; turns are at most 100, minutes at most 1,440.
        </p>
      ) : null}
      {error ? (
        <p role="alert" className="rounded-md bg-danger-soft px-3 py-2 text-danger">
          {error}
        </p>
      ) : null}
      {editable ? (
        <Button type="submit" variant="primary" loading={pending}>
          {submitLabel}
        </Button>
      ) : null}
    </form>
  );
}

/** Whether the handle stays when the name changes. */
const hasOwnHandle = ({ isNew = false, initial: { name, handle } }: Props) =>
  !isNew || (handle !== '' && handle !== handleOf(name));

function sentence(issue: { code?: string; message: string; path: PropertyKey[] }): string {
  if (issue.code === 'too_small') return 'Required.';
  if (issue.code === 'too_big') return 'Too long.';
  return `${issue.message.slice(0, 1).toUpperCase()}${issue.message.slice(1)}.`;
}

/** Says that answers are made up while no model can be called. */
function ModelHint() {
  if (useHasModel() !== false) return 'Prices in US dollars per million tokens, input / output.';
  return (
    <>
      No model is set up yet, so its answers are made up.{' '}
      <Link href="/settings/models" className="text-accent underline underline-offset-2">
        Add a key
      </Link>
    </>
  );
}
