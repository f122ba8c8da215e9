'use client';

import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useShowAddress } from '@/components/data/trigger-queries';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { toastError } from '@/components/ui/controls/toast';
import type { Trigger } from '@/lib/triggers/contract';
import { hookAddress } from '@/lib/triggers/hook-auth';
import { Copied } from './copied';
import { HookAuthDialog } from './hook-auth-dialog';
import { hookWords } from './hook-words';
import { OldSecret } from './old-secret';

type Hook = Extract<Trigger, { kind: 'webhook' }>;
type Props = { trigger: Hook; secret: string | undefined; mayWrite: boolean };

/** Where to send requests, and what proves who sends. */
export function HookAccess({ trigger, secret, mayWrite }: Props) {
  const [changing, setChanging] = useState(false);
  const { auth } = trigger.config;
  const words = hookWords[auth.kind];
  const isAddress = auth.kind === 'none';
  return (
    <div className="flex flex-col gap-3">
      {secret === undefined ? null : (
        <div className="flex flex-col gap-2 rounded-md border border-border-strong bg-accent-soft p-3">
          <p className="text-xs text-accent">
            {isAddress
              ? 'Copy the URL. It is a secret: whoever knows it can send.'
              : 'Copy the secret now. It is shown only once.'}
          </p>
          <Copied
            label={isAddress ? 'Secret URL' : words.secret}
            value={isAddress ? hookAddress(trigger.url, auth, secret) : secret}
          />
        </div>
      )}
      {isAddress ? (
        secret === undefined ? (
          <SecretAddress trigger={trigger} mayWrite={mayWrite} />
        ) : null
      ) : (
        <Copied label="URL" value={trigger.url} />
      )}
      <p className="text-xs text-muted">{words.setUp}</p>
      <div className="flex items-center gap-2 text-sm">
        <KeyRound aria-hidden className="size-3.5 shrink-0 text-faint" />
        <span className="min-w-0 text-muted">
          {words.title}
          {auth.kind === 'header' ? (
            <>
              {' '}
              in <code className="font-mono text-xs">{auth.name}</code>
            </>
          ) : null}
          {auth.kind === 'basic' ? (
            <>
              {' '}
              of <code className="font-mono text-xs">{auth.user}</code>
            </>
          ) : null}
          {trigger.secretHint === '' ? null : (
            <>
              , ends with <code className="font-mono text-xs">{trigger.secretHint}</code>
            </>
          )}
        </span>
        {mayWrite ? (
          <Button size="sm" className="ml-auto" onClick={() => setChanging(true)}>
            Change…
          </Button>
        ) : null}
      </div>
      <OldSecret trigger={trigger} mayWrite={mayWrite} />
      {changing ? <HookAuthDialog trigger={trigger} onClose={() => setChanging(false)} /> : null}
    </div>
  );
}

/** A secret address is shown to who may change it, when they ask. */
function SecretAddress({ trigger, mayWrite }: { trigger: Hook; mayWrite: boolean }) {
  const show = useShowAddress();
  if (show.data) return <Copied label="Secret URL" value={show.data.url} />;
  return (
    <div>
      <div className="flex items-end gap-1.5">
        <Field label="URL" className="min-w-0 flex-1">
          <Input
            readOnly
            value={`${trigger.url}/${trigger.secretHint}`}
            className="font-mono text-xs"
          />
        </Field>
        {mayWrite ? (
          <Button
            loading={show.isPending}
            onClick={() =>
              show.mutate(trigger.id, {
                onError: (error) => toastError('The URL could not be shown', error),
              })
            }
          >
            Show
          </Button>
        ) : null}
      </div>
      <p className="mt-1.5 text-xs text-faint">Its end is a secret and not shown here.</p>
    </div>
  );
}
