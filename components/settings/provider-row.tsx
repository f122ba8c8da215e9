'use client';

import { useState } from 'react';
import { useForgetKey, useTestKey } from '@/components/data/queries';
import { Button } from '@/components/ui/controls/button';
import { toast, toastError } from '@/components/ui/controls/toast';
import { Badge, type BadgeTone } from '@/components/ui/display/badge';
import { plural } from '@/components/ui/format';
import { AlertDialog } from '@/components/ui/overlays/alert-dialog';
import type { ProviderView } from '@/lib/models/contract';
import { limitWords } from '@/lib/models/limits/pace';
import { KeyDialog } from './key-dialog';
import { ModelLimits } from './model-limits';
import { ModelPrices } from './model-prices';
import { keyStates, ProviderKeys } from './provider-keys';
import { SettingsRow } from './settings-section';

const states: Record<ProviderView['state'], { label: string; tone: BadgeTone }> = {
  ready: { label: 'Ready', tone: 'success' },
  'needs-key': { label: 'No key', tone: 'neutral' },
  'not-found': { label: 'Not running', tone: 'neutral' },
  failed: { label: 'Failed', tone: 'danger' },
};

/** A provider with its state, and its key to enter, replace or forget. */
export function ProviderRow({
  provider,
  canManage,
}: {
  provider: ProviderView;
  canManage: boolean;
}) {
  const state = states[provider.state];
  const hasKey = provider.hint !== undefined;
  const several = (provider.keys ?? []).length > 1;
  const untried =
    provider.state === 'ready' && provider.keys?.every((key) => key.state !== 'tried');
  return (
    <SettingsRow
      title={
        <span className="flex items-center gap-2">
          {provider.title}{' '}
          <Badge tone={untried ? 'warning' : state.tone}>
            {untried ? keyStates[provider.keys?.[0]?.state ?? 'untried'].label : state.label}
          </Badge>
        </span>
      }
      description={<Detail provider={provider} />}
    >
      {canManage && state.label !== 'No key' && provider.provider !== 'rehearsal' ? (
        <ModelLimits provider={provider} />
      ) : null}
      {canManage && !provider.local ? <ModelPrices provider={provider} /> : null}
      {canManage && (!provider.local || provider.state === 'ready' || hasKey) ? (
        <div className="flex gap-2">
          {hasKey && !several ? <TestKey provider={provider} /> : null}
          {hasKey && provider.provider !== 'compatible' ? (
            <ProviderKeys provider={provider} />
          ) : null}
          {hasKey && !several ? <ForgetKey provider={provider} /> : null}
          {several || (provider.local && !hasKey) ? null : (
            <EnterKey provider={provider} replace={hasKey} />
          )}
        </div>
      ) : null}
    </SettingsRow>
  );
}

function Detail({ provider }: { provider: ProviderView }) {
  const { state, hint, baseUrl, detail, limits, models, keys = [] } = provider;
  const problem = keys.find((key) => key.problem !== undefined);
  if (provider.provider === 'rehearsal') {
    return (
      detail ??
      'Makes up answers for rehearsals, and while no model is set up. It costs nothing; all that it writes is marked.'
    );
  }
  const parts = [
    hint === undefined
      ? undefined
      : keys.length > 1
        ? plural(keys.length, 'key')
        : `key ${hint}`.trim(),
    baseUrl,
    state === 'ready' ? plural(models.length, 'model') : undefined,
    ...limits.map((limit) =>
      limit.model === '*'
        ? `at most ${limitWords(limit)}`
        : `${limit.model}: at most ${limitWords(limit)}`,
    ),
  ].filter((part) => part !== undefined);
  return (
    <>
      {parts.length > 0 ? <span className="break-all tabular">{parts.join(' · ')}</span> : null}
      {detail ? (
        <span className={state === 'failed' ? 'block text-danger' : 'block'}>{detail}</span>
      ) : null}
      {problem ? (
        <span className="block text-warning">
          {problem.name === '' ? 'The key' : `The key “${problem.name}”`}: {problem.problem}
        </span>
      ) : null}
      {parts.length === 0 && !detail ? fallback[state] : null}
    </>
  );
}

const fallback: Record<ProviderView['state'], string> = {
  ready: 'Ready to use.',
  'needs-key': 'Enter a key to use its models.',
  'not-found': 'Detected automatically when it runs on its usual port.',
  failed: 'It did not respond.',
};

function EnterKey({ provider, replace }: { provider: ProviderView; replace: boolean }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        size="sm"
        aria-label={`${replace ? 'Replace' : 'Add'} key of ${provider.title}`}
        onClick={() => setOpen(true)}
      >
        {replace ? 'Replace' : 'Add key'}
      </Button>
      {open ? <KeyDialog provider={provider} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

/** Tries the key now; what came of it is shown in the row. */
function TestKey({ provider }: { provider: ProviderView }) {
  const test = useTestKey();
  const name = provider.keys?.[0]?.name ?? '';
  return (
    <Button
      size="sm"
      variant="ghost"
      aria-label={`Test key of ${provider.title}`}
      loading={test.isPending}
      onClick={() =>
        test.mutate(
          { provider: provider.provider, name },
          {
            onSuccess: ({ state, problem }) =>
              state === 'tried'
                ? toast.success(`The key of ${provider.title} works`)
                : toast.warning(`The key of ${provider.title} does not work`, {
                    description: problem,
                  }),
            onError: (error) => toastError('The key was not tried', error),
          },
        )
      }
    >
      Test
    </Button>
  );
}

function ForgetKey({ provider }: { provider: ProviderView }) {
  const [asking, setAsking] = useState(false);
  const forget = useForgetKey();
  return (
    <>
      <Button
        size="sm"
        variant="ghost"
        aria-label={`Remove key of ${provider.title}`}
        onClick={() => setAsking(true)}
      >
        Remove
      </Button>
      <AlertDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Remove the key of ${provider.title}?`}
        description="Agents and steps that use its models fail until you add another key; those on Auto use another model."
        confirmLabel="Remove key"
        pending={forget.isPending}
        onConfirm={() =>
          forget.mutateAsync({ provider: provider.provider, name: '' }).then(
            () => toast.success(`The key of ${provider.title} was removed`),
            (error: unknown) => {
              toastError('The key was not removed', error);
              throw error;
            },
          )
        }
      />
    </>
  );
}
