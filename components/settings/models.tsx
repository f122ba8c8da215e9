'use client';

import { RefreshCw } from 'lucide-react';
import Link from 'next/link';
import { useProviders } from '@/components/data/queries';
import { useCan } from '@/components/shell/actor-context';
import { Button } from '@/components/ui/controls/button';
import { ErrorState } from '@/components/ui/display/error-state';
import { Skeleton } from '@/components/ui/display/skeleton';
import type { ProviderView } from '@/lib/models/contract';
import { ProviderRow } from './provider-row';
import { SettingsPage, SettingsSection } from './settings-section';

/** Providers of language models: their state, their keys and what runs on this machine. */
export function Models() {
  const providers = useProviders();
  const canManage = useCan('keys.manage');
  const items = providers.data?.items ?? [];
  const hosted = items.filter((each) => !each.local && each.provider !== 'rehearsal');
  const local = items.filter((each) => each.local && each.provider !== 'rehearsal');
  const builtIn = items.filter((each) => each.provider === 'rehearsal');
  return (
    <SettingsPage
      title="Models"
      help="/docs/models"
      description={
        canManage
          ? 'Keys are encrypted before they are stored, and are never shown again.'
          : 'Only admins can add keys. Agents and steps can use every model that is ready.'
      }
      actions={
        <Button
          size="sm"
          loading={providers.isFetching && !providers.isPending}
          onClick={() => void providers.refetch()}
        >
          {providers.isFetching && !providers.isPending ? null : <RefreshCw aria-hidden />} Refresh
        </Button>
      }
    >
      {providers.isPending ? (
        <Loading />
      ) : providers.data === undefined ? (
        <ErrorState
          title="The providers could not be loaded"
          error={providers.error}
          onRetry={() => void providers.refetch()}
        />
      ) : (
        <>
          <Group title="With a key" providers={hosted} canManage={canManage} />
          <Group title="On this machine" providers={local} canManage={canManage} />
          <Group title="Built in" providers={builtIn} canManage={false} />
          <p className="text-xs text-faint">
            For how models are chosen, what they cost and how to add your own, see the{' '}
            <Link href="/docs" className="text-accent underline underline-offset-2">
              documentation
            </Link>
            .
          </p>
        </>
      )}
    </SettingsPage>
  );
}

type GroupProps = { title: string; providers: ProviderView[]; canManage: boolean };

function Group({ title, providers, canManage }: GroupProps) {
  if (providers.length === 0) return null;
  return (
    <SettingsSection title={title}>
      {providers.map((provider) => (
        <ProviderRow key={provider.provider} provider={provider} canManage={canManage} />
      ))}
    </SettingsSection>
  );
}

function Loading() {
  return (
    <div role="status" aria-label="Loading providers" className="divide-y rounded-lg border">
      {['a', 'b', 'c', 'd'].map((each) => (
        <div key={each} className="space-y-2 px-4 py-3.5">
          <Skeleton className="h-3.5 w-32" />
          <Skeleton className="h-3 w-64" />
        </div>
      ))}
    </div>
  );
}
