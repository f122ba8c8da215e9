'use client';

import { GitFork, PencilLine, Undo2 } from 'lucide-react';
import { useCallback, useState } from 'react';
import { ranWhat } from '@/components/runs/ran-what';
import { useCan } from '@/components/shell/actor-context';
import { JsonEditor } from '@/components/text-editor/json-editor';
import { readJson } from '@/components/text-editor/read-json';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Select } from '@/components/ui/controls/select';
import { Switch } from '@/components/ui/controls/switch';
import { plural } from '@/components/ui/format';
import { Dialog } from '@/components/ui/overlays/dialog';
import type { RunView } from '@/lib/runs/contract';
import type { Plan, PlanStep } from '@/lib/runs/schema';
import { type Fork, useForkAndGo } from './queries';
import { SettingsForm } from './settings-form';
import { changedSettings, type Settings } from './settings-value';

type Props = { run: RunView; plan: Plan; onClose: () => void };
/** What of the workflow runs: as it ran, the live version, the draft. */
const choices = ['same', 'current', 'draft'] as const;
type Choice = (typeof choices)[number];
type Changes = Readonly<Record<string, Settings>>;

/** Starts the same run with something else: settings of steps, the input, or the version. */
export function ForkDialog({ run, plan, onClose }: Props) {
  const { pending, go } = useForkAndGo(run.id);
  const [version, setVersion] = useState<Choice>('same');
  const mayEdit = useCan('workflows.edit');
  const what = ranWhat(run);
  const [changes, setChanges] = useState<Changes>({});
  const [input, setInput] = useState<string>();
  const written = input === undefined ? undefined : readInput(input);
  const wrong = written && 'error' in written ? written.error : undefined;
  const start = () => {
    const settings = Object.fromEntries(
      Object.entries(changes).map(([id, value]) => [
        id,
        changedSettings(plan.steps.find((step) => step.id === id)?.config ?? {}, value),
      ]),
    ) as NonNullable<Fork['settings']>;
    const given = written && 'value' in written ? { input: written.value } : {};
    go({ version, settings, ...given });
  };
  const count = Object.keys(changes).length;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="lg"
      title="Replay with changes"
      description="Starts a new run. Finished steps before the first change are reused, not run again."
      footer={
        <>
          <span className="mr-auto text-xs text-faint">
            {count > 0 ? `${plural(count, 'step')} changed` : 'No step changed'}
          </span>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            loading={pending}
            disabled={wrong !== undefined}
            onClick={start}
          >
            {pending ? null : <GitFork aria-hidden />} Start replay
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        {run.workflowId ? (
          <Field label="Version">
            <Select
              aria-label="Version"
              value={version}
              onValueChange={(value) =>
                setVersion(choices.find((each) => each === value) ?? 'same')
              }
              options={[
                {
                  value: 'same',
                  label: what === undefined ? 'As it ran' : `As it ran (${what})`,
                },
                { value: 'current', label: 'The live version' },
                ...(mayEdit ? [{ value: 'draft', label: 'The current draft' }] : []),
              ]}
            />
          </Field>
        ) : null}
        <InputPart input={input} known={run.input} wrong={wrong} onChange={setInput} />
        <section aria-label="Steps">
          <h3 className="mb-1.5 text-xs font-medium text-muted">Steps</h3>
          <ul className="divide-y rounded-md border">
            {plan.steps.map((step) => (
              <StepItem
                key={step.id}
                runId={run.id}
                step={step}
                value={changes[step.id]}
                onChange={setChanges}
              />
            ))}
          </ul>
        </section>
      </div>
    </Dialog>
  );
}

function readInput(text: string) {
  const read = readJson(text);
  if ('error' in read) return read;
  const { value } = read;
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? { value }
    : { error: 'The input is an object: {"name": value}.' };
}

type InputProps = {
  input: string | undefined;
  known: unknown;
  wrong: string | undefined;
  onChange: (input: string | undefined) => void;
};

function InputPart({ input, known, wrong, onChange }: InputProps) {
  return (
    <div className="space-y-2">
      <div className="flex items-center gap-2 text-sm">
        <Switch
          aria-label="Change input"
          checked={input !== undefined}
          onCheckedChange={(on) => onChange(on ? JSON.stringify(known ?? {}, null, 2) : undefined)}
        />
        <span>Change input</span>
        <span className="text-xs text-faint">All steps run again</span>
      </div>
      {input === undefined ? null : (
        <JsonEditor
          label="Input as JSON"
          value={input}
          onChange={onChange}
          minHeight={72}
          maxHeight={220}
          error={wrong}
        />
      )}
    </div>
  );
}

type ItemProps = {
  runId: string;
  step: PlanStep;
  /** Its settings once they are changed. */
  value: Settings | undefined;
  onChange: (change: (now: Changes) => Changes) => void;
};

function StepItem({ runId, step, value, onChange }: ItemProps) {
  const { id, config } = step;
  const set = useCallback(
    (change: (now: Settings) => Settings) =>
      onChange((all) => ({ ...all, [id]: change(all[id] ?? config) })),
    [onChange, id, config],
  );
  const open = value !== undefined;
  return (
    <li>
      <div className="flex h-9 items-center gap-2 pr-1.5 pl-3">
        <span className="min-w-0 flex-1 truncate text-sm">{step.name}</span>
        <Button
          size="sm"
          variant="ghost"
          aria-expanded={open}
          aria-label={open ? `Undo change to ${step.name}` : `Change ${step.name}`}
          onClick={() =>
            open
              ? onChange(({ [id]: _, ...others }) => others)
              : onChange((all) => ({ ...all, [id]: config }))
          }
        >
          {open ? <Undo2 aria-hidden /> : <PencilLine aria-hidden />}
          {open ? 'Undo change' : 'Change'}
        </Button>
      </div>
      {open ? (
        <div className="border-t bg-bg px-3 py-3">
          <SettingsForm runId={runId} type={step.type} value={value} onChange={set} />
        </div>
      ) : null}
    </li>
  );
}
