'use client';

import { Split } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { useCan } from '@/components/shell/actor-context';
import { Button } from '@/components/ui/controls/button';
import { type ExperimentFilter, useExperiments } from './queries';
import { StartExperiment, type Subject } from './start-experiment';

const filterOf = ({ target }: Subject): ExperimentFilter =>
  target.type === 'agent'
    ? { agent: target.agentId }
    : { workflow: target.workflowId, step: target.stepId };

const useRunning = (subject: Subject) => {
  const { data } = useExperiments({ ...filterOf(subject), state: 'running' });
  return { known: data !== undefined, running: data?.pages[0]?.items[0] };
};

/** The experiment that runs on a step or an agent; nothing where none does. */
export function RunningExperiment({ subject }: { subject: Subject }) {
  const { running } = useRunning(subject);
  return running === undefined ? null : (
    <p className="flex items-center gap-2 rounded-md bg-info-soft px-2.5 py-1.5 text-xs text-info">
      <Split aria-hidden className="size-3.5 shrink-0" />
      <span className="min-w-0">
        In the experiment{' '}
        <Link className="font-medium underline" href={`/experiments/${running.id}`}>
          {running.name}
        </Link>
        : each task gets one of two variants.
      </span>
    </p>
  );
}

/** A button that starts an experiment, where none runs. */
export function StartButton({ subject }: { subject: Subject }) {
  const [starting, setStarting] = useState(false);
  const canEdit = useCan('workflows.edit');
  const { known, running } = useRunning(subject);
  if (!canEdit || !known || running !== undefined) return null;
  return (
    <div>
      <Button size="sm" variant="ghost" onClick={() => setStarting(true)}>
        <Split aria-hidden /> Start an experiment…
      </Button>
      {starting ? <StartExperiment subject={subject} onClose={() => setStarting(false)} /> : null}
    </div>
  );
}
