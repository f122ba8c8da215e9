'use client';

import { KeyRound, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { SettingsPage, SettingsSection } from '@/components/settings/settings-section';
import { useActor } from '@/components/shell/actor-context';
import { Button } from '@/components/ui/controls/button';
import { IconButton } from '@/components/ui/controls/icon-button';
import { toastError } from '@/components/ui/controls/toast';
import { EmptyState } from '@/components/ui/display/empty-state';
import { ErrorState } from '@/components/ui/display/error-state';
import { SkeletonRows } from '@/components/ui/display/skeleton';
import { TimeAgo } from '@/components/ui/display/time-ago';
import { AlertDialog } from '@/components/ui/overlays/alert-dialog';
import type { ApiKey } from '@/lib/people/contract';
import { ApiKeyDialog } from './api-key-dialog';
import { useApiKeys, useRevokeApiKey } from './people-mutations';

/** Keys by which programs act as a person in this workspace. */
export function ApiKeysSettings() {
  const list = useApiKeys();
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey>();
  const create = () => setCreating(true);
  return (
    <SettingsPage
      title="API keys"
      help="/docs/members#api-keys"
      description="A key acts as you, with your role, in this workspace only. Send it as “Authorization: Bearer …”."
      actions={
        <Button variant="primary" size="sm" onClick={create}>
          <KeyRound aria-hidden /> New key
        </Button>
      }
    >
      {list.isPending ? (
        <div className="overflow-hidden rounded-lg border">
          <SkeletonRows rows={3} className="-mb-px" />
        </div>
      ) : list.data === undefined ? (
        <ErrorState
          title="The keys could not be loaded"
          error={list.error}
          onRetry={() => void list.refetch()}
        />
      ) : list.data.items.length === 0 ? (
        <div className="rounded-lg border">
          <EmptyState
            icon={<KeyRound aria-hidden />}
            title="No key yet"
            actions={<Button onClick={create}>New key</Button>}
          >
            Create one key per program, so you can revoke each on its own.
          </EmptyState>
        </div>
      ) : (
        <SettingsSection>
          {list.data.items.map((key) => (
            <KeyRow key={key.id} apiKey={key} onRevoke={() => setRevoking(key)} />
          ))}
        </SettingsSection>
      )}
      {creating ? <ApiKeyDialog onClose={() => setCreating(false)} /> : null}
      {revoking ? <Revoke apiKey={revoking} onClose={() => setRevoking(undefined)} /> : null}
    </SettingsPage>
  );
}

function KeyRow({ apiKey, onRevoke }: { apiKey: ApiKey; onRevoke: () => void }) {
  const actor = useActor();
  return (
    <div className="flex items-center gap-3 px-4 py-2.5">
      <div className="min-w-0 flex-1">
        <div className="flex min-w-0 items-baseline gap-2">
          <span className="truncate font-medium">{apiKey.name}</span>
          <span className="font-mono text-xs text-faint">{apiKey.start}…</span>
        </div>
        <div className="truncate text-xs text-muted">
          {apiKey.ownerId === actor.userId ? 'You' : apiKey.ownerName} ·{' '}
          {apiKey.lastUsedAt ? (
            <>
              used <TimeAgo at={apiKey.lastUsedAt} />
            </>
          ) : (
            'never used'
          )}{' '}
          · {apiKey.expiresAt ? `expires ${apiKey.expiresAt.slice(0, 10)}` : 'no expiry'}
        </div>
      </div>
      <IconButton label={`Revoke ${apiKey.name}`} onClick={onRevoke}>
        <Trash2 />
      </IconButton>
    </div>
  );
}

function Revoke({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const revoke = useRevokeApiKey();
  return (
    <AlertDialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={`Revoke ${apiKey.name}?`}
      description="Programs that use it are rejected immediately. Runs it started continue."
      confirmLabel="Revoke key"
      pending={revoke.isPending}
      onConfirm={() =>
        revoke.mutateAsync(apiKey.id).catch((error: unknown) => {
          toastError('The key was not revoked', error);
          throw error;
        })
      }
    />
  );
}
