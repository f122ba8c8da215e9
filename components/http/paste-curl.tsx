'use client';

import { useMemo, useState } from 'react';
import { ConnectionDialog } from '@/components/connections/connection-dialog';
import { useFormHost } from '@/components/form/host';
import { useCan } from '@/components/shell/actor-context';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Textarea } from '@/components/ui/controls/textarea';
import { Dialog } from '@/components/ui/overlays/dialog';
import { maxCurlLength, parseCurl } from '@/lib/nodes/requests/curl/parse-curl';
import { curlPreset, curlSettings } from './curl-settings';

type Props = { initial: string; onClose: () => void };

/** Fills an HTTP step from a `curl` command. Secrets go into a connection, or nowhere. */
export function PasteCurl({ initial, onClose }: Props) {
  const host = useFormHost();
  const canConnect = useCan('connections.manage');
  const [command, setCommand] = useState(initial);
  const [connecting, setConnecting] = useState(false);
  const parsed = useMemo(() => (command.trim() === '' ? undefined : parseCurl(command)), [command]);
  const request = parsed?.ok ? parsed.request : undefined;
  const [secret] = request?.secrets ?? [];
  const take = (connection?: string) => {
    if (request === undefined) return;
    const values = { ...curlSettings(request), ...(connection ? { connection } : {}) };
    if (host.setAll) host.setAll(values);
    else for (const [name, value] of Object.entries(values)) host.set([name], value);
    onClose();
  };
  if (connecting && request !== undefined && secret !== undefined) {
    return (
      <ConnectionDialog
        preset={curlPreset(request, secret)}
        onSaved={({ name }) => take(name)}
        onClose={() => setConnecting(false)}
      />
    );
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      size="lg"
      title="Paste a curl command"
      description="It fills the method, URL, parameters, headers and body of this step. Nothing is sent."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          {secret && canConnect ? (
            <Button onClick={() => take()}>Fill without the secret</Button>
          ) : null}
          <Button
            variant="primary"
            disabled={request === undefined}
            onClick={() => (secret && canConnect ? setConnecting(true) : take())}
          >
            {secret && canConnect ? 'Make a connection and fill' : 'Fill the step'}
          </Button>
        </>
      }
    >
      <div className="space-y-3">
        <Field
          label="Command"
          error={parsed !== undefined && !parsed.ok ? parsed.problem : undefined}
        >
          <Textarea
            value={command}
            rows={6}
            spellCheck={false}
            autoComplete="off"
            maxLength={maxCurlLength + 1}
            placeholder="curl https://api.example.com/orders -H 'Accept: application/json'"
            className="max-h-64 font-mono text-xs"
            onChange={(event) => setCommand(event.target.value)}
          />
        </Field>
        {request === undefined ? null : (
          <div role="status" className="space-y-2 text-sm">
            <p className="min-w-0 truncate font-mono text-xs">
              {request.method} {request.url}
            </p>
            {request.secrets.length > 0 ? (
              <p className="rounded-md bg-warning-soft px-3 py-2 text-warning">
                {request.secrets.map(({ from }) => from).join(', ')}: a secret, so it does not get
                into the workflow.{' '}
                {canConnect
                  ? 'A connection keeps it encrypted.'
                  : 'It is left out. Ask an admin for a connection.'}
              </p>
            ) : null}
            {request.notes.length > 0 ? (
              <ul className="list-inside list-disc text-xs text-muted">
                {request.notes.map((note) => (
                  <li key={note}>{note}</li>
                ))}
              </ul>
            ) : null}
          </div>
        )}
      </div>
    </Dialog>
  );
}
