'use client';

import { CircleStop, Play } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useCan } from '@/components/shell/actor-context';
import { JsonEditor } from '@/components/text-editor/json-editor';
import { readJson } from '@/components/text-editor/read-json';
import { cn } from '@/components/ui/cn';
import { Button } from '@/components/ui/controls/button';
import { Select } from '@/components/ui/controls/select';
import { toastError } from '@/components/ui/controls/toast';
import { catalogue } from '@/lib/nodes/catalogue';
import { portsOf } from '@/lib/nodes/node-type/ports';
import type { StepView } from '@/lib/runs/contract';
import type { Json } from '@/lib/workflows/draft/draft-value';
import { typeNamed } from '@/lib/workflows/node-catalogue';
import { LivePreview, Unresolved } from './live-preview';
import { release } from './queries';
import { Resolved } from './resolved';
import { SettingsForm } from './settings-form';
import { changedSettings, type Settings } from './settings-value';
import { type PreviewProblem, usePreview } from './use-preview';

type Way = 'as-is' | 'settings' | 'output';
const ways: { way: Way; label: string }[] = [
  { way: 'as-is', label: 'Run unchanged' },
  { way: 'settings', label: 'Edit and run' },
  { way: 'output', label: 'Use this output' },
];
const buttons: Record<Way, string> = {
  'as-is': 'Continue',
  settings: 'Run with these settings',
  output: 'Continue with this output',
};

type Props = {
  runId: string;
  step: StepView;
  named?: boolean | undefined;
  /** Where it stands, when that is not this page's run: “in item 3 of For each”. */
  place?: ReactNode;
};
type WaitRequest = {
  settings?: Settings;
  ports?: string[];
  why?: string;
  problems?: PreviewProblem[];
};

/** A step that the debugger stopped: what it would work with, and how it goes on. */
export function HeldStep({ runId, step, named, place }: Props) {
  const ask = (step.wait?.ask ?? {}) as WaitRequest;
  const before = ask.settings ?? {};
  const [way, setWay] = useState<Way>('as-is');
  const [settings, setSettings] = useState<Settings>(before);
  const [output, setOutput] = useState(() =>
    JSON.stringify(typeNamed(catalogue, step.type)?.sample ?? {}, null, 2),
  );
  const type = typeNamed(catalogue, step.type);
  // Where an answer goes on follows from what was decided.
  const isAsking = type?.kind === 'task' && type.asks !== undefined;
  const ports = isAsking ? [] : (ask.ports ?? []);
  const [port, setPort] = useState(ports[0]);
  const names = new Map(type ? portsOf(type, before).map(({ id, label }) => [id, label]) : []);
  const [pending, setPending] = useState(false);
  const mayRelease = useCan('runs.start');
  const preview = usePreview(runId, step, settings, way === 'settings');
  const written = readJson(output);
  const wrong = way === 'output' && 'error' in written ? written.error : undefined;
  const letGo = async () => {
    setPending(true);
    try {
      const changed = changedSettings(before, settings) as Record<string, Json>;
      if (way === 'output' && 'value' in written) {
        const chosen = ports.length > 1 && port !== undefined ? { ports: [port] } : {};
        await release(runId, step.id, { output: written.value, ...chosen });
      } else await release(runId, step.id, way === 'settings' ? { settings: changed } : {});
    } catch (error) {
      toastError('The step was not continued', error);
    } finally {
      setPending(false);
    }
  };
  return (
    <section
      aria-label={`Paused before ${step.name}`}
      className="overflow-hidden rounded-lg border border-danger/50"
    >
      <header className="flex min-h-8 flex-wrap items-center gap-x-2 border-b border-danger/30 bg-danger-soft px-3 py-1.5 text-xs font-medium text-danger">
        <CircleStop className="size-3.5 shrink-0" aria-hidden />
        {named ? `Paused before ${step.name}` : 'Paused before this step'}
        {place}
        {ask.why ? <span className="font-mono text-2xs font-normal">{ask.why}</span> : null}
      </header>
      <div className="space-y-3 p-3">
        {mayRelease ? <Ways way={way} onChoose={setWay} /> : null}
        {way === 'as-is' ? (
          <>
            <Resolved type={step.type} input={step.input} settings={before} />
            <Unresolved type={step.type} problems={ask.problems ?? []} />
          </>
        ) : null}
        {way === 'settings' ? (
          <>
            <p className="text-xs text-faint">For this run only. The workflow is not changed.</p>
            <SettingsForm
              runId={runId}
              type={step.type}
              value={settings}
              onChange={setSettings}
              problems={preview.problems}
            />
            <LivePreview type={step.type} settings={settings} preview={preview} />
          </>
        ) : null}
        {way === 'output' ? (
          <>
            <p className="text-xs text-faint">
              The step does not run. Later steps read this output instead.
            </p>
            <JsonEditor
              label="Output as JSON"
              value={output}
              onChange={setOutput}
              minHeight={96}
              maxHeight={280}
              error={wrong}
            />
            {ports.length > 1 ? (
              <div className="flex items-center gap-2 text-xs text-muted">
                Continues at
                <Select
                  size="sm"
                  className="w-48"
                  aria-label="Continues at"
                  value={port}
                  onValueChange={setPort}
                  options={ports.map((id) => ({ value: id, label: names.get(id) ?? id }))}
                />
              </div>
            ) : null}
          </>
        ) : null}
        {mayRelease ? (
          <div className="flex justify-end">
            <Button
              size="sm"
              variant="primary"
              loading={pending}
              disabled={wrong !== undefined}
              onClick={() => void letGo()}
            >
              {pending ? null : <Play aria-hidden className="fill-current" />} {buttons[way]}
            </Button>
          </div>
        ) : (
          <p className="text-xs text-muted">Editors can continue it.</p>
        )}
      </div>
    </section>
  );
}

function Ways({ way, onChoose }: { way: Way; onChoose: (way: Way) => void }) {
  return (
    <fieldset className="flex w-fit max-w-full flex-wrap gap-0.5 rounded-md border bg-bg p-0.5">
      <legend className="sr-only">How to continue</legend>
      {ways.map((each) => (
        <button
          key={each.way}
          type="button"
          aria-pressed={way === each.way}
          onClick={() => onChoose(each.way)}
          className={cn(
            'h-6 rounded-sm px-2 text-xs transition-colors duration-100',
            way === each.way
              ? 'bg-surface font-medium text-fg shadow-[0_0_0_1px_var(--border-strong)]'
              : 'text-muted hover:text-fg',
          )}
        >
          {each.label}
        </button>
      ))}
    </fieldset>
  );
}
