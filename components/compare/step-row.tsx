'use client';

import { ReusedMark } from '@/components/debugger/reused-mark';
import { StatusDot } from '@/components/icons/status-dot';
import { MissingPart } from '@/components/runs/missing-part';
import { useWhole, type Whole } from '@/components/runs/use-whole';
import { cn } from '@/components/ui/cn';
import { Badge } from '@/components/ui/display/badge';
import { formatCost, formatDuration } from '@/components/ui/format';
import { catalogue } from '@/lib/nodes/catalogue';
import { settingText, textOf } from '@/lib/runs/values/text-of';
import type { ComparedStep } from '@/lib/runs/view/compare';
import { titleAt } from '@/lib/workflows/config-fields';
import { typeNamed } from '@/lib/workflows/node-catalogue';
import { TwoTexts } from './two-texts';

type Figures = { ms: number | undefined; dollars: number };
type Props = {
  row: ComparedStep;
  runs: { a: string; b: string };
  /** The longest and the dearest step of both runs: what the bars are measured by. */
  scale: { ms: number; dollars: number };
  figures: { a: Figures; b: Figures };
  selected: boolean;
};

/** One step of both runs: settings and outputs where they differ, time and cost as bars. */
export function StepRow({ row, runs, scale, figures, selected }: Props) {
  const { id, name, type, a, b, difference, settings } = row;
  const wholeA = useWhole(runs.a, a?.output);
  const wholeB = useWhole(runs.b, b?.output);
  const known = typeNamed(catalogue, type);
  return (
    <article
      id={`step-${id}`}
      aria-label={name}
      className={cn('space-y-3 border-b px-4 py-3', selected && 'bg-accent-soft/50')}
    >
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="text-sm font-medium">{name}</h3>
        {difference === 'only-a' ? <Badge>Only in A</Badge> : null}
        {difference === 'only-b' ? <Badge>Only in B</Badge> : null}
        <span className="flex items-center gap-1.5">
          {a ? <StatusDot status={a.status} /> : null}
          {b ? <StatusDot status={b.status} /> : null}
        </span>
        {b?.reusedFrom ? <ReusedMark from={b.reusedFrom} /> : null}
        <div className="ml-auto flex flex-wrap gap-x-6 gap-y-1 max-sm:ml-0 max-sm:w-full">
          <Bars
            name="Time"
            a={figures.a.ms}
            b={figures.b.ms}
            most={scale.ms}
            show={formatDuration}
          />
          {figures.a.dollars + figures.b.dollars > 0 ? (
            <Bars
              name="Cost"
              a={figures.a.dollars}
              b={figures.b.dollars}
              most={scale.dollars}
              show={formatCost}
            />
          ) : null}
        </div>
      </header>
      {settings.map((setting) => (
        <div key={setting.name}>
          <h4 className="mb-1 text-xs text-faint">
            {known ? titleAt(known, [setting.name]) : setting.name}
          </h4>
          <TwoTexts label={setting.name} a={settingText(setting.a)} b={settingText(setting.b)} />
        </div>
      ))}
      <div>
        <h4 className="mb-1 text-xs text-faint">Output</h4>
        <TwoTexts
          label={`Output of ${name}`}
          a={shown(a, wholeA.value)}
          b={shown(b, wholeB.value)}
        />
        <MissingPart missing={both(wholeA.missing, wholeB.missing)} />
      </div>
    </article>
  );
}

/** What is missing on either side, asked for at once. */
function both(a: Whole['missing'], b: Whole['missing']): Whole['missing'] {
  if (!a || !b) return a ?? b;
  return {
    characters: a.characters + b.characters,
    reading: a.reading || b.reading,
    failed: a.failed || b.failed,
    read: () => {
      a.read();
      b.read();
    },
  };
}

/** What came out of a step, or why nothing did. */
function shown(step: ComparedStep['a'], output: unknown): string | undefined {
  if (!step) return undefined;
  if (output !== undefined) return textOf(output);
  return step.error?.message ?? step.reason;
}

type BarsProps = {
  name: string;
  a: number | undefined;
  b: number | undefined;
  most: number;
  show: (value: number) => string;
};

function Bars({ name, a, b, most, show }: BarsProps) {
  return (
    <dl className="grid grid-cols-[auto_72px_auto] items-center gap-x-2 text-2xs text-faint tabular">
      {[
        { letter: 'A', value: a },
        { letter: 'B', value: b },
      ].map(({ letter, value }) => (
        <div key={letter} className="col-span-3 grid grid-cols-subgrid items-center">
          <dt>
            {name} {letter}
          </dt>
          <dd aria-hidden className="h-1.5 rounded-full bg-active">
            <span
              className={cn(
                'block h-full rounded-full',
                letter === 'A' ? 'bg-faint' : 'bg-accent-solid',
              )}
              style={{ width: `${(Math.min(value ?? 0, most) / most) * 100}%` }}
            />
          </dd>
          <dd className="text-right text-muted">{value === undefined ? '–' : show(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
