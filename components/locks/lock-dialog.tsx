'use client';

import { useState } from 'react';
import { useLocal, useSession } from '@/components/session/session';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { Select } from '@/components/ui/controls/select';
import { plural } from '@/components/ui/format';
import { Dialog } from '@/components/ui/overlays/dialog';
import { useLockActions } from './use-lock-actions';

const minuteMs = 60_000;
const ends = {
  quarter: { label: '15 minutes', at: () => new Date(Date.now() + 15 * minuteMs) },
  hour: { label: '1 hour', at: () => new Date(Date.now() + 60 * minuteMs) },
  today: { label: 'Today', at: () => new Date(new Date().setHours(23, 59, 59, 0)) },
  never: { label: 'Until I unlock', at: () => null },
} as const;
type End = keyof typeof ends;

/** Asks for duration and reason, then locks the chosen steps, or without any the workflow. */
export function LockDialog() {
  const { actions } = useSession();
  const nodeIds = useLocal((local) => local.locking);
  if (!nodeIds) return null;
  return <LockForm nodeIds={nodeIds} onClose={() => actions.askLock(undefined)} />;
}

function LockForm({ nodeIds, onClose }: { nodeIds: readonly string[]; onClose: () => void }) {
  const { graph } = useSession();
  const { lock, pending } = useLockActions();
  const [end, setEnd] = useState<End>('hour');
  const [reason, setReason] = useState('');
  const [only] = nodeIds;
  const name = only === undefined ? undefined : graph.get().nodes.get(only)?.name;
  const what =
    nodeIds.length === 0
      ? 'this workflow'
      : nodeIds.length === 1
        ? (name ?? 'this step')
        : plural(nodeIds.length, 'step');
  const submit = async () => {
    const at = ends[end].at();
    if (await lock(nodeIds, reason.trim(), at?.toISOString() ?? null)) onClose();
  };
  return (
    <Dialog
      open
      size="sm"
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={`Lock ${what}`}
      description="Others can view, comment and run. Only you can edit until it is unlocked."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form="lock-form" variant="primary" disabled={pending}>
            {pending ? 'Locking…' : 'Lock'}
          </Button>
        </>
      }
    >
      <form
        id="lock-form"
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Field label="Reason" hint="Shown to others when they try to edit.">
          <Input
            value={reason}
            maxLength={200}
            placeholder="Rewriting the prompt"
            onChange={(event) => setReason(event.target.value)}
          />
        </Field>
        <Field label="For how long">
          <Select
            aria-label="For how long"
            value={end}
            onValueChange={(next) => setEnd(next as End)}
            options={Object.entries(ends).map(([value, { label }]) => ({ value, label }))}
          />
        </Field>
      </form>
    </Dialog>
  );
}
