'use client';

import { FileDown } from 'lucide-react';
import { useState } from 'react';
import { call } from '@/components/data/call';
import { IconButton } from '@/components/ui/controls/icon-button';
import { toastError } from '@/components/ui/controls/toast';
import { exportAgent } from '@/lib/agents/file/contract';
import type { Agent } from '@/lib/agents/schema';
import { cleanFileName } from '@/lib/names/name-problem';

/** Saves an agent as a file of this browser. */
export function ExportAgent({ agent: { id, handle } }: { agent: Agent }) {
  const [pending, setPending] = useState(false);
  const save = async () => {
    setPending(true);
    try {
      const file = await call(exportAgent, { params: { id } });
      const text = `${JSON.stringify(file, null, 2)}\n`;
      const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
      const link = document.createElement('a');
      link.href = url;
      link.download = cleanFileName(`${handle}.agent.json`);
      link.click();
      URL.revokeObjectURL(url);
    } catch (error) {
      toastError('The agent was not exported', error);
    } finally {
      setPending(false);
    }
  };
  return (
    <IconButton label="Export agent" disabled={pending} onClick={() => void save()}>
      <FileDown />
    </IconButton>
  );
}
