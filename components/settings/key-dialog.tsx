'use client';

import { type FormEvent, useId, useState } from 'react';
import { useSaveKey } from '@/components/data/queries';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { toast } from '@/components/ui/controls/toast';
import { Dialog } from '@/components/ui/overlays/dialog';
import type { ProviderKeyView, ProviderView } from '@/lib/models/contract';

type Props = {
  provider: ProviderView;
  /** The key that is replaced, by its name (the first one has none); `new`: one more, whose name is asked for. */
  which?: { name: string } | 'new';
  onClose: () => void;
};

/** Enters or replaces a provider's key; the key lives in this form only until it is sent. */
export function KeyDialog({ provider, which = { name: '' }, onClose }: Props) {
  const form = useId();
  const adding = which === 'new';
  const [name, setName] = useState(adding ? '' : which.name);
  const [key, setKey] = useState('');
  const [baseUrl, setBaseUrl] = useState(provider.baseUrl ?? '');
  const ownServer = provider.provider === 'compatible';
  const [elsewhere, setElsewhere] = useState(ownServer || provider.baseUrl !== undefined);
  const save = useSaveKey();
  const taken = adding && (provider.keys ?? []).some((each) => each.name === name.trim());
  const missing = ownServer ? baseUrl.trim() === '' : key.trim() === '';
  const unnamed = adding && name.trim() === '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    save.mutate(
      {
        provider: provider.provider,
        key: key.trim(),
        ...(name.trim() === '' ? {} : { name: name.trim() }),
        ...(elsewhere && baseUrl.trim() !== '' ? { baseUrl: baseUrl.trim() } : {}),
      },
      {
        onSuccess: (stored) => {
          tellStored(provider.title, stored);
          onClose();
        },
      },
    );
  };
  const address = (
    <Field
      label="Base URL"
      hint={
        ownServer
          ? 'Base URL of an OpenAI-compatible server.'
          : 'A gateway or proxy that speaks for this provider. Empty: the provider itself.'
      }
    >
      <Input
        type="url"
        value={baseUrl}
        placeholder="https://models.example.com/v1"
        onChange={(event) => setBaseUrl(event.target.value)}
      />
    </Field>
  );
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      size="sm"
      title={adding || name === '' ? provider.title : `${provider.title}: ${name}`}
      description="The key is stored encrypted and is never shown again."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            variant="primary"
            disabled={missing || unnamed || taken}
            loading={save.isPending}
          >
            Save key
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="space-y-4">
        {adding ? (
          <Field
            label="Name"
            hint="Tells the keys of this provider apart."
            error={taken && !unnamed ? 'There is a key of this name.' : undefined}
          >
            <Input
              value={name}
              maxLength={60}
              autoFocus
              placeholder="For example, Team account"
              onChange={(event) => setName(event.target.value)}
            />
          </Field>
        ) : null}
        {ownServer ? address : null}
        <Field label={ownServer ? 'Key (if it needs one)' : 'API key'} error={save.error?.message}>
          <Input
            type="password"
            autoComplete="off"
            spellCheck={false}
            value={key}
            className="font-mono text-xs"
            onChange={(event) => setKey(event.target.value)}
          />
        </Field>
        {ownServer ? null : elsewhere ? (
          address
        ) : (
          <Button type="button" size="sm" variant="ghost" onClick={() => setElsewhere(true)}>
            Use another base URL…
          </Button>
        )}
      </form>
    </Dialog>
  );
}

function tellStored(title: string, { state, problem }: ProviderKeyView): void {
  if (state === 'tried') {
    toast.success(`${title} is set up`);
    return;
  }
  // Stored all the same: the provider may be away for a moment.
  toast.warning(`The key of ${title} is stored, and did not work yet`, {
    description: problem ?? 'It could not be tried.',
  });
}
