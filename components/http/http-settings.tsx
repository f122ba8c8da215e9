'use client';

import { type ClipboardEvent, useState } from 'react';
import { Form } from '@/components/form/form';
import { useFormHost } from '@/components/form/host';
import { Button } from '@/components/ui/controls/button';
import type { Field } from '@/lib/nodes/node-type/form-fields';
import { isCurl } from '@/lib/nodes/requests/curl/parse-curl';
import { PasteCurl } from './paste-curl';

type Props = { fields: readonly Field[]; config: Record<string, unknown> };

/** The settings of an HTTP step, which a `curl` command can fill. */
export function HttpSettings({ fields, config }: Props) {
  const host = useFormHost();
  const [command, setCommand] = useState<string>();
  const paste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData('text/plain');
    const url = event.target instanceof Element && event.target.closest('[data-field="url"]');
    if (host.readOnly || !url || !isCurl(text)) return;
    // The text itself must not get into the shared draft: it may hold secrets.
    event.preventDefault();
    event.stopPropagation();
    setCommand(text);
  };
  return (
    <div onPasteCapture={paste} className="flex flex-col gap-4">
      {host.readOnly ? null : (
        <Button size="sm" className="self-start" onClick={() => setCommand('')}>
          Paste a curl command
        </Button>
      )}
      <Form fields={fields} value={config} />
      {command === undefined ? null : (
        <PasteCurl initial={command} onClose={() => setCommand(undefined)} />
      )}
    </div>
  );
}
