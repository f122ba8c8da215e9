'use client';

import { useMemo, useState } from 'react';
import { useCreateTrigger, useUpdateTrigger } from '@/components/data/trigger-queries';
import { InputForm } from '@/components/form/inputs/input-form';
import { inputsOf } from '@/components/runs/start-inputs';
import { useGraph, useSession } from '@/components/session/session';
import { useCan } from '@/components/shell/actor-context';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { Select } from '@/components/ui/controls/select';
import { toast } from '@/components/ui/controls/toast';
import { initialInput, inputProblems } from '@/lib/nodes/forms/run-inputs';
import type { Trigger } from '@/lib/triggers/contract';
import { rhythmProblem } from '@/lib/triggers/next-times';
import type { ScheduleConfig } from '@/lib/triggers/schema';
import { NextList } from './next-list';
import { Deliveries } from './parts/deliveries';
import { showTriggers } from './parts/panel-state';
import { readOf } from './parts/read-of';
import { TriggerActions } from './parts/trigger-actions';
import { TriggerProblems } from './parts/trigger-problems';
import { scheduleWords } from './parts/trigger-words';
import { forgetUnfinished, useTriggerForm } from './parts/unfinished';
import { RhythmFields } from './rhythm-fields';
import { ZoneField } from './zone-field';

type Schedule = Extract<Trigger, { kind: 'schedule' }>;

const missedOptions = [
  { value: 'once', label: 'Run once' },
  { value: 'skip', label: 'Skip' },
];
const overlapOptions = [
  { value: 'skip', label: 'Skip' },
  { value: 'wait', label: 'Start when it ends' },
  { value: 'start', label: 'Run in parallel' },
];

const here = () => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

/** Makes a schedule, or changes one. */
export function ScheduleForm({ trigger }: { trigger?: Schedule }) {
  const { workflowId } = useSession();
  const mayWrite = useCan('triggers.write');
  const graph = useGraph((now) => now);
  const inputs = useMemo(() => inputsOf(graph), [graph]);
  const [{ name, config }, setForm] = useTriggerForm('schedule', !trigger, () => ({
    name: trigger?.name ?? '',
    config: trigger?.config ?? {
      cron: '0 9 * * 1-5',
      timeZone: here(),
      missed: 'once',
      overlap: 'skip',
      input: initialInput(inputs) as ScheduleConfig['input'],
    },
  }));
  const setName = (next: string) => setForm((now) => ({ ...now, name: next }));
  const setConfig = (change: (now: ScheduleConfig) => ScheduleConfig) =>
    setForm((now) => ({ ...now, config: change(now.config) }));
  const [was] = useState(() => readOf(trigger));
  const [tried, setTried] = useState(false);
  const create = useCreateTrigger(workflowId);
  const update = useUpdateTrigger();
  const set = (change: Partial<ScheduleConfig>) => setConfig((now) => ({ ...now, ...change }));
  const problem = rhythmProblem(config);
  const wrong = inputs.length > 0 ? inputProblems(inputs, config.input) : [];
  const pending = create.isPending || update.isPending;
  const error = create.error ?? update.error;
  const save = () => {
    setTried(true);
    if (problem || wrong.length > 0 || pending) return;
    const done = (text: string, { id, problems }: Trigger) => {
      if (problems.length === 0) {
        toast.success(text);
        showTriggers({ view: 'list' });
        return;
      }
      toast.warning('Schedule saved, but it cannot start a run yet', {
        description: problems[0],
      });
      showTriggers({ view: 'one', id });
    };
    if (trigger) {
      update.mutate(
        { id: trigger.id, name, config, ...was },
        { onSuccess: (saved) => done('Schedule saved', saved) },
      );
    } else {
      create.mutate(
        { kind: 'schedule', name, config },
        {
          onSuccess: (saved) => {
            forgetUnfinished('schedule');
            done('Schedule turned on', saved.trigger);
          },
        },
      );
    }
  };
  return (
    <form
      aria-label={trigger ? 'Schedule' : 'New schedule'}
      className="flex flex-col gap-4 p-4"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <fieldset disabled={!mayWrite} className="contents">
        <Rhythm config={config} problem={problem} onChange={set} />
        <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
          <Field label="Missed while the server was down">
            <Select
              value={config.missed}
              disabled={!mayWrite}
              onValueChange={(missed) => set({ missed: missed as ScheduleConfig['missed'] })}
              options={missedOptions}
            />
          </Field>
          <Field label="If the previous run is still going">
            <Select
              value={config.overlap}
              disabled={!mayWrite}
              onValueChange={(overlap) => set({ overlap: overlap as ScheduleConfig['overlap'] })}
              options={overlapOptions}
            />
          </Field>
        </div>
        <Field label="Name" hint="Optional. Shown in the list.">
          <Input
            value={name}
            maxLength={100}
            placeholder={scheduleWords(config.cron)}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        {inputs.length > 0 ? (
          <section aria-label="Input of each run" className="flex flex-col gap-2">
            <h3 className="text-sm font-medium">Input of each run</h3>
            <InputForm
              inputs={inputs}
              value={config.input}
              onChange={(change) =>
                setConfig((now) => ({
                  ...now,
                  input: change(now.input) as ScheduleConfig['input'],
                }))
              }
            />
          </section>
        ) : null}
        {trigger ? <TriggerProblems problems={trigger.problems} /> : null}
        <Faults lines={[...(tried ? wrong : []), ...(error ? [error.message] : [])]} />
        {mayWrite ? (
          <div className="flex items-center gap-2">
            {trigger ? <TriggerActions trigger={trigger} /> : null}
            <Button type="submit" variant="primary" loading={pending} className="ml-auto">
              {trigger ? 'Save' : 'Turn on'}
            </Button>
          </div>
        ) : null}
      </fieldset>
      {trigger ? <Deliveries trigger={trigger} /> : null}
    </form>
  );
}

type RhythmProps = {
  config: ScheduleConfig;
  problem: ReturnType<typeof rhythmProblem>;
  onChange: (change: Partial<ScheduleConfig>) => void;
};

/** When, the zone of its clocks, and what that comes to. */
function Rhythm({ config, problem, onChange }: RhythmProps) {
  const { cron, timeZone } = config;
  return (
    <>
      <RhythmFields
        cron={cron}
        error={problem?.field === 'cron' ? problem.message : undefined}
        onChange={(next) => onChange({ cron: next })}
      />
      <ZoneField
        value={timeZone}
        error={problem?.field === 'timeZone' ? problem.message : undefined}
        onChange={(zone) => onChange({ timeZone: zone })}
      />
      {problem ? null : (
        <div className="rounded-md border bg-bg px-3 py-2.5">
          <p className="mb-1.5 text-sm" aria-live="polite">
            {scheduleWords(cron)}, <span className="text-muted">{timeZone}</span>
          </p>
          <NextList cron={cron} timeZone={timeZone} />
        </div>
      )}
    </>
  );
}

function Faults({ lines }: { lines: string[] }) {
  if (lines.length === 0) return null;
  return (
    <ul role="alert" className="text-xs text-danger">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
