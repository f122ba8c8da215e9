'use client';

import { type FormEvent, useId, useState } from 'react';
import { useSaveKey } from '@/components/data/queries';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { toast } from '@/components/ui/controls/toast';
import { Dialog } from '@/components/ui/overlays/dialog';
import type { ProviderView } from '@/lib/models/contract';

type Props = {
  provider: ProviderView;
  /** The key that is replaced, by its name; the first one has none. */
  name?: string;
  onClose: () => void;
};

/** Enters or replaces a provider's key; the key lives in this form only until it is sent. */
export function KeyDialog({ provider, name = '', onClose }: Props) {
  const form = useId();
  const [key, setKey] = useState('');
  const [baseUrl, setBaseUrl] = useState(provider.baseUrl ?? '');
  const save = useSaveKey();
  const ownServer = provider.provider === 'compatible';
  const incomplete = ownServer ? baseUrl.trim() === '' : key.trim() === '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(
      {
        provider: provider.provider,
        key: key.trim(),
        ...(name === '' ? {} : { name }),
        baseUrl: ownServer ? baseUrl.trim() : undefined,
      },
      {
        onSuccess: () => {
          toast.success(`${provider.title} is set up`);
          onClose();
        },
      },
    );
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      size="sm"
      title={name === '' ? provider.title : `${provider.title}: ${name}`}
      description="The key is stored encrypted and is never shown again."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            variant="primary"
            disabled={incomplete}
            loading={save.isPending}
          >
            Save key
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="space-y-4">
        {ownServer ? (
          <Field label="Base URL" hint="Base URL of an OpenAI-compatible server.">
            <Input
              type="url"
              value={baseUrl}
              placeholder="https://models.example.com/v1"
              onChange={(event) => setBaseUrl(event.target.value)}
            />
          </Field>
        ) : null}
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
      </form>
    </Dialog>
  );
}
