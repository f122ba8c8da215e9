'use client';

import { useState } from 'react';
import { useDeleteTrigger, useTestTrigger } from '@/components/data/trigger-queries';
import { useShowRun } from '@/components/runs/shown-run';
import { Button } from '@/components/ui/controls/button';
import { toast, toastError } from '@/components/ui/controls/toast';
import { AlertDialog } from '@/components/ui/overlays/alert-dialog';
import type { Trigger } from '@/lib/triggers/contract';
import { OpenChat } from './open-chat';
import { showTriggers } from './panel-state';
import { triggerName } from './trigger-words';

/** Tries a trigger now, or deletes it. */
export function TriggerActions({ trigger }: { trigger: Trigger }) {
  const [asking, setAsking] = useState(false);
  const test = useTestTrigger();
  const remove = useDeleteTrigger();
  const show = useShowRun();
  const run = () =>
    test.mutate(
      { id: trigger.id },
      {
        onSuccess: ({ id }) => {
          toast.success('A run has started');
          showTriggers(undefined);
          show(id);
        },
        onError: (error) => toastError('The run could not be started', error),
      },
    );
  return (
    <>
      {trigger.kind === 'chat' ? <OpenChat id={trigger.id} /> : null}
      {trigger.kind === 'schedule' ? (
        <Button onClick={run} loading={test.isPending}>
          Test now
        </Button>
      ) : null}
      <Button variant="ghost" onClick={() => setAsking(true)}>
        Delete
      </Button>
      <AlertDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Delete “${triggerName(trigger)}”?`}
        description={
          {
            webhook: 'Its URL stops working. Runs it started are kept.',
            schedule: 'It starts no more runs. Runs it started are kept.',
            form: 'Its link stops working. Runs it started are kept.',
            mail: 'Emails start no more runs. Runs it started are kept.',
            chat: 'Nobody can write to it any more. Conversations stay readable.',
          }[trigger.kind]
        }
        confirmLabel="Delete trigger"
        pending={remove.isPending}
        onConfirm={() =>
          remove.mutateAsync(trigger.id).then(
            () => showTriggers({ view: 'list' }),
            (error: unknown) => {
              toastError('The trigger was not deleted', error);
              throw error;
            },
          )
        }
      />
    </>
  );
}
