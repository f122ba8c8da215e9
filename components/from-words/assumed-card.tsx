'use client';

import { X } from 'lucide-react';
import { useState } from 'react';
import { useCreateTrigger } from '@/components/data/trigger-queries';
import { useSession } from '@/components/session/session';
import { useCan } from '@/components/shell/actor-context';
import { AddModel } from '@/components/spending/made-up';
import { Button } from '@/components/ui/controls/button';
import { IconButton } from '@/components/ui/controls/icon-button';
import { toast, toastError } from '@/components/ui/controls/toast';
import { type Assumed, useAssumed } from './assumed';
import { forgetAssumed } from './assumed-text';
import { costWords } from './cost-words';
import { isLeftOut, LeftOut, Lines } from './left-out';

/** What was assumed when this workflow was drafted from a description. */
export function AssumedCard() {
  const { workflowId } = useSession();
  const assumed = useAssumed(workflowId);
  if (assumed === undefined) return null;
  return <Card workflowId={workflowId} assumed={assumed} />;
}

function Card({ workflowId, assumed }: { workflowId: string; assumed: Assumed }) {
  const { assumptions, starts, trigger, estimate, note } = assumed;
  return (
    // Wide and low: the steps stand in the middle of the canvas below it.
    <section
      aria-label="What was assumed"
      className="absolute top-3 left-3 z-20 flex max-h-[44%] w-[28rem] max-w-[calc(100%-1.5rem)] flex-col rounded-lg border bg-surface shadow-md"
    >
      <div className="flex items-center gap-2 border-b py-1.5 pr-1.5 pl-3">
        <h2 className="text-sm font-medium">What was assumed</h2>
        <IconButton label="Close" className="ml-auto" onClick={() => forgetAssumed(workflowId)}>
          <X />
        </IconButton>
      </div>
      <div className="min-h-0 space-y-2 overflow-y-auto px-3 py-2.5 text-sm">
        <p className="text-muted">{note}</p>
        <LeftOut assumptions={assumptions} />
        <Lines lines={assumptions.filter((each) => !isLeftOut(each))} />
        <p className="text-muted">
          {costWords(estimate)} {estimate.ifModels.length > 0 ? <AddModel /> : null}
        </p>
      </div>
      {/* In sight, however much was assumed. */}
      {trigger === null ? null : (
        <Start workflowId={workflowId} trigger={trigger} starts={starts} />
      )}
    </section>
  );
}

type StartProps = { workflowId: string; trigger: NonNullable<Assumed['trigger']>; starts: string };

/** Why somebody has to add it, and where. */
function byHandOf(trigger: StartProps['trigger']): string | undefined {
  if (trigger.kind === 'webhook')
    return 'Add the webhook under Triggers: its secret is shown there once.';
  if (trigger.kind === 'mail' && trigger.config.connection === '')
    return 'Connect a mailbox in Settings → Connections, then add “Email received” under Triggers.';
  return undefined;
}

/** What would start it is set up by whoever wants it, and off until they turn it on. */
function Start({ workflowId, trigger, starts }: StartProps) {
  const creation = useCreateTrigger(workflowId);
  const [added, setAdded] = useState(false);
  const may = useCan('triggers.write');
  const byHand = byHandOf(trigger);
  const add = () =>
    creation.mutate(
      { ...trigger, enabled: false },
      {
        onSuccess: () => {
          setAdded(true);
          toast.success('The trigger was added. It is off.');
        },
        onError: (error) => toastError('The trigger was not added', error),
      },
    );
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 border-t px-3 py-2 text-sm">
      <p className="min-w-0 flex-1">It would start {starts}.</p>
      {byHand !== undefined || !may ? null : (
        <Button size="sm" loading={creation.isPending} disabled={added} onClick={add}>
          {added ? 'Added' : 'Add, switched off'}
        </Button>
      )}
      <p className="w-full text-xs text-faint">
        {byHand ?? 'Publish the workflow, then turn it on under Triggers.'}
      </p>
    </div>
  );
}
