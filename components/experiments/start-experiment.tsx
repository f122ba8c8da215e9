'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useId, useState } from 'react';
import { ModelSelect } from '@/components/agents/model-select';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { Select } from '@/components/ui/controls/select';
import { Switch } from '@/components/ui/controls/switch';
import { Textarea } from '@/components/ui/controls/textarea';
import { toast } from '@/components/ui/controls/toast';
import { Dialog } from '@/components/ui/overlays/dialog';
import type { Setting } from '@/lib/experiments/apply';
import { type Change, type Goal, goals, isSame } from '@/lib/experiments/schema';
import { goalTitles } from '@/lib/experiments/words';
import { positiveUsdSchema } from '@/lib/spending/pico';
import { useExperimentActions } from './queries';

/** What an experiment can be of, and its settings as they are now. */
export type Subject = {
  target: { type: 'step'; workflowId: string; stepId: string } | { type: 'agent'; agentId: string };
  name: string;
  able: readonly Setting[];
  now: Change;
};

type Draft = {
  name: string;
  variant: string;
  change: Change;
  goal: Goal;
  share: string;
  maxCost: string;
  maxFailures: string;
};

/** Starts an experiment: A is the step or agent as it is, B has another model, prompt or instructions. */
export function StartExperiment({ subject, onClose }: { subject: Subject; onClose: () => void }) {
  const form = useId();
  const router = useRouter();
  const { start } = useExperimentActions();
  const [draft, setDraft] = useState<Draft>({
    ...{ name: `${subject.name}: A or B`, variant: 'B', change: {}, goal: 'cost' },
    ...{ share: '50', maxCost: '', maxFailures: '' },
  });
  const set = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const ready = readyOf(draft);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (ready === undefined) return;
    start.mutate(
      { ...ready, target: subject.target },
      {
        onSuccess: ({ id }) => {
          toast.success('The experiment runs');
          router.push(`/experiments/${id}`);
        },
      },
    );
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={`Start an experiment with ${subject.name}`}
      description="A is what is live now. B has the changes below. Each task of a live run gets one of them, and keeps it."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            variant="primary"
            disabled={ready === undefined}
            loading={start.isPending}
          >
            Start
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="space-y-4">
        <Field label="Name">
          <Input value={draft.name} onChange={(event) => set({ name: event.target.value })} />
        </Field>
        <VariantB draft={draft} subject={subject} onChange={set} />
        <Rules draft={draft} onChange={set} />
        {start.error ? (
          <p role="alert" className="text-sm text-danger">
            {start.error.message}
          </p>
        ) : null}
      </form>
    </Dialog>
  );
}

type PartProps = { draft: Draft; onChange: (part: Partial<Draft>) => void };

const settingTitles: Readonly<Record<Setting, string>> = {
  model: 'Another model',
  prompt: 'Another prompt',
  instructions: 'Other instructions',
};

function VariantB({ draft, subject, onChange }: PartProps & { subject: Subject }) {
  const { able, now } = subject;
  const { change } = draft;
  const first: Required<Change> = { model: 'auto', prompt: '', instructions: '', ...now };
  const turn = (setting: Setting, on: boolean) => {
    const { [setting]: _, ...rest } = change;
    onChange({ change: on ? { ...rest, [setting]: first[setting] } : rest });
  };
  return (
    <fieldset className="flex flex-col gap-3 rounded-lg border p-3">
      <legend className="px-1 text-xs font-medium text-muted">Variant B</legend>
      <Field label="What to call it">
        <Input
          value={draft.variant}
          onChange={(event) => onChange({ variant: event.target.value })}
        />
      </Field>
      {able.map((setting) => (
        <div key={setting} className="space-y-2">
          <span className="flex items-center justify-between gap-2 text-sm">
            {settingTitles[setting]}
            <Switch
              aria-label={settingTitles[setting]}
              checked={change[setting] !== undefined}
              onCheckedChange={(on) => turn(setting, on)}
            />
          </span>
          {change[setting] === undefined ? null : setting === 'model' ? (
            <ModelSelect
              aria-label="Model of B"
              value={change.model ?? 'auto'}
              onChange={(model) => onChange({ change: { ...change, model } })}
            />
          ) : (
            <Textarea
              aria-label={setting === 'prompt' ? 'Prompt of B' : 'Instructions of B'}
              className="max-h-60 w-full font-mono text-xs"
              value={change[setting]}
              onChange={(event) =>
                onChange({ change: { ...change, [setting]: event.target.value } })
              }
            />
          )}
        </div>
      ))}
    </fieldset>
  );
}

function Rules({ draft, onChange }: PartProps) {
  const { goal, share, maxCost, maxFailures } = draft;
  const wrongCost = maxCost.trim() !== '' && amountOf(maxCost) === undefined;
  return (
    <>
      <div className="grid grid-cols-2 gap-3">
        <Field label="Goal" hint="What decides between them.">
          <Select
            value={goal}
            onValueChange={(value) =>
              onChange({ goal: goals.find((each) => each === value) ?? 'cost' })
            }
            options={goals.map((value) => ({ value, label: goalTitles[value] }))}
            className="w-full"
          />
        </Field>
        <Field
          label="Tasks that get B (%)"
          hint="The others get A."
          error={wholeIn(share, 5, 95) === undefined ? 'Enter 5 to 95.' : undefined}
        >
          <Input
            value={share}
            inputMode="numeric"
            onChange={(event) => onChange({ share: event.target.value })}
          />
        </Field>
      </div>
      <div className="grid grid-cols-2 gap-3">
        <Field
          label="Stop above (USD a task)"
          hint="Empty: no limit."
          error={wrongCost ? 'Enter an amount like 0.05.' : undefined}
        >
          <Input
            value={maxCost}
            inputMode="decimal"
            placeholder="0.05"
            onChange={(event) => onChange({ maxCost: event.target.value })}
          />
        </Field>
        <Field
          label="Stop above (% failed)"
          hint="Empty: no limit."
          error={
            maxFailures.trim() !== '' && wholeIn(maxFailures, 1, 99) === undefined
              ? 'Enter 1 to 99.'
              : undefined
          }
        >
          <Input
            value={maxFailures}
            inputMode="numeric"
            placeholder="20"
            onChange={(event) => onChange({ maxFailures: event.target.value })}
          />
        </Field>
      </div>
    </>
  );
}

function amountOf(text: string): string | undefined {
  const amount = positiveUsdSchema.safeParse(text.trim().replace(',', '.'));
  return amount.success ? amount.data : undefined;
}

function wholeIn(text: string, least: number, most: number): number | undefined {
  const value = Number(text.trim());
  return Number.isInteger(value) && value >= least && value <= most ? value : undefined;
}

/** The draft as it is sent; undefined while something is missing or wrong. */
function readyOf({ name, variant, change, goal, share, maxCost, maxFailures }: Draft) {
  const sharePercent = wholeIn(share, 5, 95);
  const maxCostUsd = maxCost.trim() === '' ? null : amountOf(maxCost);
  const maxFailurePercent = maxFailures.trim() === '' ? null : wholeIn(maxFailures, 1, 99);
  const texts = [name, variant, change.prompt ?? ' - ', change.instructions ?? ' - '];
  if (isSame(change) || texts.some((text) => text.trim() === '')) return undefined;
  if (sharePercent === undefined || maxCostUsd === undefined || maxFailurePercent === undefined) {
    return undefined;
  }
  const variants: [{ name: string; change: Change }, { name: string; change: Change }] = [
    { name: 'As it is', change: {} },
    { name: variant.trim(), change },
  ];
  return { name: name.trim(), goal, sharePercent, maxCostUsd, maxFailurePercent, variants };
}
