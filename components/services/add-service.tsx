'use client';

import { type FormEvent, useId, useState } from 'react';
import { useCreateService } from '@/components/data/service-queries';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { Select } from '@/components/ui/controls/select';
import { toast } from '@/components/ui/controls/toast';
import { plural } from '@/components/ui/format';
import { Dialog } from '@/components/ui/overlays/dialog';
import { ConnectionSelect } from './connection-select';
import { FileChoice } from './file-choice';
import { emptyDraft, newServiceOf, type ServiceDraft } from './service-draft';

/** Adds a service by its OpenAPI document. */
export function AddService({ onClose }: { onClose: () => void }) {
  const form = useId();
  const [draft, setDraft] = useState(emptyDraft);
  const create = useCreateService();
  const change = (part: Partial<ServiceDraft>) => setDraft((now) => ({ ...now, ...part }));
  const body = newServiceOf(draft);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (body === undefined) return;
    create.mutate(body, {
      onSuccess: ({ name, operationCount }) => {
        toast.success(`${name} was added with ${plural(operationCount, 'operation')}`);
        onClose();
      },
    });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title="Add a service"
      description="Its OpenAPI document says what can be called. Most vendors publish one."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            variant="primary"
            disabled={body === undefined}
            loading={create.isPending}
          >
            Add
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="space-y-4">
        <Field label="Document">
          <Select
            value={draft.from}
            options={[
              { value: 'url', label: 'By its address' },
              { value: 'file', label: 'From a file' },
            ]}
            onValueChange={(from) => change({ from: from === 'file' ? 'file' : 'url' })}
          />
        </Field>
        {draft.from === 'url' ? (
          <Field label="Address" hint="It is fetched now, and again when you refresh the service.">
            <Input
              type="url"
              value={draft.url}
              spellCheck={false}
              placeholder="https://api.example.com/openapi.json"
              onChange={(event) => change({ url: event.target.value })}
            />
          </Field>
        ) : (
          <FileChoice file={draft.file} onChoose={(file) => change({ file })} />
        )}
        <Field
          label="Name (optional)"
          hint="Steps refer to it by this name. Otherwise the document’s title."
        >
          <Input
            value={draft.name}
            maxLength={100}
            onChange={(event) => change({ name: event.target.value })}
          />
        </Field>
        <Field
          label="Connection (optional)"
          hint="New steps begin with it, and the document is fetched with it where its host fits."
        >
          <ConnectionSelect
            value={draft.connection}
            onChange={(connection) => change({ connection })}
          />
        </Field>
        <Field
          label="Server (optional)"
          hint="Where the service is, if the document says otherwise or nothing."
        >
          <Input
            type="url"
            value={draft.serverUrl}
            spellCheck={false}
            placeholder="https://api.example.com/v1"
            onChange={(event) => change({ serverUrl: event.target.value })}
          />
        </Field>
        {create.error ? (
          <p role="alert" className="text-sm text-danger">
            {create.error.message}
          </p>
        ) : null}
      </form>
    </Dialog>
  );
}
