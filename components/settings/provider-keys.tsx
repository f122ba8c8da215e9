'use client';

import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useForgetKey, useTestKey } from '@/components/data/queries';
import { Button } from '@/components/ui/controls/button';
import { toast, toastError } from '@/components/ui/controls/toast';
import { Badge, type BadgeTone } from '@/components/ui/display/badge';
import { TimeAgo } from '@/components/ui/display/time-ago';
import { AlertDialog } from '@/components/ui/overlays/alert-dialog';
import { Dialog } from '@/components/ui/overlays/dialog';
import type { ProviderKeyView, ProviderView } from '@/lib/models/contract';
import { KeyDialog } from './key-dialog';

export const keyStates: Record<ProviderKeyView['state'], { label: string; tone: BadgeTone }> = {
  tried: { label: 'Works', tone: 'success' },
  rejected: { label: 'Rejected', tone: 'danger' },
  untried: { label: 'Not tried', tone: 'warning' },
};

const titleOf = ({ name }: { name: string }) => (name === '' ? 'First key' : name);

/** The keys of a provider in the order in which calls use them: to test, replace, remove and add. */
export function ProviderKeys({ provider }: { provider: ProviderView }) {
  const [open, setOpen] = useState(false);
  const [adding, setAdding] = useState(false);
  const keys = provider.keys ?? [];
  return (
    <>
      <Button
        size="sm"
        variant="ghost"
        aria-label={`Keys of ${provider.title}`}
        onClick={() => setOpen(true)}
      >
        Keys
      </Button>
      {open ? (
        <Dialog
          open
          onOpenChange={setOpen}
          title={`Keys of ${provider.title}`}
          description="Calls use the first key. The next one takes over where a key is at its limit, out of credit or rejected."
        >
          <ol className="divide-y">
            {keys.map((key) => (
              <KeyRow key={key.name} provider={provider} stored={key} />
            ))}
          </ol>
          <Button size="sm" className="mt-3" onClick={() => setAdding(true)}>
            <Plus aria-hidden /> Add key
          </Button>
          {adding ? (
            <KeyDialog provider={provider} which="new" onClose={() => setAdding(false)} />
          ) : null}
        </Dialog>
      ) : null}
    </>
  );
}

type RowProps = { provider: ProviderView; stored: ProviderKeyView };

function KeyRow({ provider, stored }: RowProps) {
  const [asking, setAsking] = useState<'replace' | 'remove' | undefined>();
  const test = useTestKey();
  const forget = useForgetKey();
  const title = titleOf(stored);
  const which = { provider: provider.provider, name: stored.name };
  const state = keyStates[stored.state];
  return (
    <li className="flex flex-wrap items-center gap-x-2 gap-y-1 py-2">
      <span className="min-w-0 flex-1 basis-48">
        <span className="flex items-center gap-2 text-sm">
          <span className="truncate">{title}</span> <Badge tone={state.tone}>{state.label}</Badge>
        </span>
        <span className="block text-xs text-muted tabular">
          {stored.hint}
          {stored.triedAt === null ? null : (
            <>
              {' · tried '}
              <TimeAgo at={stored.triedAt} />
            </>
          )}
        </span>
        {stored.problem ? (
          <span className="block text-xs text-warning">{stored.problem}</span>
        ) : null}
      </span>
      <Button
        size="sm"
        variant="ghost"
        aria-label={`Test ${title}`}
        loading={test.isPending}
        onClick={() =>
          test.mutate(which, { onError: (error) => toastError('The key was not tried', error) })
        }
      >
        Test
      </Button>
      <Button
        size="sm"
        variant="ghost"
        aria-label={`Replace ${title}`}
        onClick={() => setAsking('replace')}
      >
        Replace
      </Button>
      <Button
        size="sm"
        variant="ghost"
        aria-label={`Remove ${title}`}
        onClick={() => setAsking('remove')}
      >
        Remove
      </Button>
      {asking === 'replace' ? (
        <KeyDialog provider={provider} which={stored} onClose={() => setAsking(undefined)} />
      ) : null}
      <AlertDialog
        open={asking === 'remove'}
        onOpenChange={(open) => {
          if (!open) setAsking(undefined);
        }}
        title={`Remove “${title}” of ${provider.title}?`}
        description="Calls use the other keys. Without any key, agents and steps that use its models fail."
        confirmLabel="Remove key"
        pending={forget.isPending}
        onConfirm={() =>
          forget.mutateAsync(which).then(
            () => toast.success('The key was removed'),
            (error: unknown) => {
              toastError('The key was not removed', error);
              throw error;
            },
          )
        }
      />
    </li>
  );
}
