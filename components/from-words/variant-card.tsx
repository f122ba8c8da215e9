'use client';

import { CircleCheck, CircleDashed, TriangleAlert } from 'lucide-react';
import { MiniCanvas } from '@/components/templates/mini-canvas';
import { useSize } from '@/components/templates/use-size';
import { Button } from '@/components/ui/controls/button';
import { plural } from '@/components/ui/format';
import { costWords } from './cost-words';
import type { FromWords } from './use-describe';
import { titleOfKinds } from './variant-words';

export type Variant = FromWords['variants'][number];
type Props = { variant: Variant; main: boolean; pending: boolean; onTake: () => void };

/** One variant of a draft: its picture, what it does differently, what a run costs, and how its rehearsal went. */
export function VariantCard({ variant, main, pending, onTake }: Props) {
  const [frame, size] = useSize();
  const { definition, differences, estimate, rehearsal } = variant;
  const title = titleOfKinds(variant.kinds);
  return (
    <li className="group/preview flex min-w-0 flex-col overflow-hidden rounded-lg border bg-surface">
      <div ref={frame} className="h-32 border-b bg-bg">
        {size ? <MiniCanvas definition={definition} width={size.width} height={127} /> : null}
      </div>
      <div className="flex flex-1 flex-col gap-2 p-3 text-sm">
        <h3 className="text-md font-medium">{title}</h3>
        <p className="text-muted tabular">
          {plural(definition.nodes.length, 'step')} · {costWords(estimate)}
        </p>
        {estimate.modelCalls > 1 && estimate.inARow < estimate.modelCalls ? (
          <p className="text-muted">At most {estimate.inARow} calls one after the other.</p>
        ) : null}
        <ul className="list-disc space-y-1 pl-4 marker:text-faint">
          {differences.length > 0 ? (
            differences.map((each) => <li key={each}>{each}</li>)
          ) : (
            <li>As drafted.</li>
          )}
        </ul>
        <ModelsLine models={estimate.models} />
        <Rehearsal rehearsal={rehearsal} />
        <Button
          className="mt-auto"
          variant={main ? 'primary' : 'secondary'}
          aria-label={`Use this: ${title}`}
          loading={pending}
          onClick={onTake}
        >
          Use this
        </Button>
      </div>
    </li>
  );
}

/** Who would answer today. */
function ModelsLine({ models }: { models: readonly string[] }) {
  if (models.length === 0) return null;
  const real = models.filter((model) => !model.startsWith('rehearsal/') && model !== 'none');
  return (
    <p className="text-xs break-words text-faint">
      {real.length === 0
        ? 'No model is set up yet: its answers would be made up.'
        : `Today: ${real.map((model) => model.split('/').slice(1).join('/')).join(', ')}`}
    </p>
  );
}

const icons = { succeeded: CircleCheck, failed: TriangleAlert, unfinished: CircleDashed };
const tones = { succeeded: 'text-success', failed: 'text-warning', unfinished: 'text-faint' };

function Rehearsal({ rehearsal: { status, says } }: Pick<Variant, 'rehearsal'>) {
  const Icon = icons[status];
  return (
    <p className="flex gap-1.5 text-xs text-muted">
      <Icon aria-hidden className={`mt-px size-3.5 shrink-0 ${tones[status]}`} />
      <span className="min-w-0 break-words">{says}</span>
    </p>
  );
}
