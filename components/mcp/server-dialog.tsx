'use client';

import { type FormEvent, useId, useState } from 'react';
import { useCreateMcpServer, useUpdateMcpServer } from '@/components/data/mcp-queries';
import { ConnectionSelect } from '@/components/services/connection-select';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { toast } from '@/components/ui/controls/toast';
import { plural } from '@/components/ui/format';
import { Dialog } from '@/components/ui/overlays/dialog';
import type { McpServer } from '@/lib/mcp/contract';

type Props = { server?: McpServer; onClose: () => void };

/** Adds an MCP server, or changes where it is and as whom it is called; either asks the server at once. */
export function ServerDialog({ server, onClose }: Props) {
  const form = useId();
  const [url, setUrl] = useState(server?.url ?? '');
  const [name, setName] = useState(server?.name ?? '');
  const [connection, setConnection] = useState(server?.connection ?? '');
  // As it was when it was opened: it may change behind the dialog.
  const [was] = useState(
    server && { name: server.name, url: server.url, connection: server.connection },
  );
  const create = useCreateMcpServer();
  const update = useUpdateMcpServer();
  const { isPending, error } = server === undefined ? create : update;
  const entered = { name: name.trim(), url: url.trim() };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (server === undefined || was === undefined) {
      create.mutate(
        { ...entered, ...(connection === '' ? {} : { connection }) },
        {
          onSuccess: ({ toolCount }) => {
            toast.success(`${entered.name} was added with ${plural(toolCount, 'tool')}`);
            onClose();
          },
        },
      );
      return;
    }
    const change = {
      ...(entered.name === was.name ? {} : { name: entered.name }),
      ...(entered.url === was.url ? {} : { url: entered.url }),
      ...(connection === (was.connection ?? '') ? {} : { connection: connection || null }),
    };
    update.mutate(
      { id: server.id, ...change, was },
      {
        onSuccess: () => {
          toast.success(`${entered.name} was saved`);
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
      title={server === undefined ? 'Add an MCP server' : `Edit ${server.name}`}
      description="It is asked for its tools at once. Nothing is saved if it does not answer."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            variant="primary"
            disabled={entered.name === '' || entered.url === ''}
            loading={isPending}
          >
            {server === undefined ? 'Add' : 'Save'}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="space-y-4">
        <Field label="Address" hint="Where it speaks MCP over HTTP; it often ends in /mcp.">
          <Input
            type="url"
            value={url}
            spellCheck={false}
            placeholder="https://mcp.example.com/mcp"
            onChange={(event) => setUrl(event.target.value)}
          />
        </Field>
        <Field
          label="Name"
          hint={
            server === undefined
              ? 'The names of its tools begin with it.'
              : 'The names of its tools stay as they are.'
          }
        >
          <Input value={name} maxLength={60} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field
          label="Connection (optional)"
          hint="Its credentials go to the hosts of the connection alone."
        >
          <ConnectionSelect value={connection} onChange={setConnection} />
        </Field>
        {error ? (
          <p role="alert" className="text-sm text-danger">
            {error.message}
          </p>
        ) : null}
      </form>
    </Dialog>
  );
}
