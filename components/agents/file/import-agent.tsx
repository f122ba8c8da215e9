'use client';

import { FileUp } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { useImportAgent } from '@/components/data/agent-file-queries';
import { Button } from '@/components/ui/controls/button';
import { toast } from '@/components/ui/controls/toast';
import { Dialog } from '@/components/ui/overlays/dialog';
import { readJson } from '@/lib/api/json/read-json';
import { isRecord } from '@/lib/values/unknown';
import { ImportReview } from './import-review';

const maxBytes = 1_000_000;

/** Takes an agent's file, shows what the agent would be able to do and what it lacks here, and makes it. */
export function ImportAgent({ onClose }: { onClose: () => void }) {
  const router = useRouter();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<Record<string, unknown>>();
  const [problem, setProblem] = useState<string>();
  const check = useImportAgent();
  const create = useImportAgent();
  const plan = check.data?.plan;
  const read = async (chosen: File | undefined) => {
    if (chosen === undefined) return;
    check.reset();
    create.reset();
    const given = chosen.size > maxBytes ? undefined : await jsonOf(chosen);
    setFile(given);
    setProblem(
      given === undefined
        ? `“${chosen.name}” is not the file of an agent. Nothing was imported.`
        : undefined,
    );
    if (given !== undefined) check.mutate({ file: given, check: true });
  };
  const take = () => {
    if (file === undefined) return;
    create.mutate(
      { file, check: false },
      {
        onSuccess: ({ agent }) => {
          if (agent === null) return;
          toast.success(`${agent.name} was imported`);
          router.push(`/agents/${agent.id}`);
        },
      },
    );
  };
  const error = problem ?? check.error?.message ?? create.error?.message;
  return (
    <Dialog
      open
      size="lg"
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title="Import an agent"
      description="From a file that was exported on an agent’s page. Nothing in it is run."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            disabled={plan === undefined}
            loading={create.isPending}
            onClick={take}
          >
            Import
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        <div>
          <input
            ref={input}
            type="file"
            accept=".json,application/json"
            aria-label="Agent file"
            tabIndex={-1}
            className="sr-only"
            onChange={(event) => {
              const chosen = event.target.files?.[0];
              void read(chosen);
            }}
          />
          <Button loading={check.isPending} onClick={() => input.current?.click()}>
            <FileUp aria-hidden /> {plan === undefined ? 'Choose a file' : 'Choose another file'}
          </Button>
        </div>
        {error ? (
          <p role="alert" className="text-sm text-danger">
            {error}
          </p>
        ) : null}
        {plan === undefined ? null : <ImportReview plan={plan} />}
      </div>
    </Dialog>
  );
}

async function jsonOf(file: File): Promise<Record<string, unknown> | undefined> {
  const read = readJson(await file.text(), 0);
  return read.ok && isRecord(read.value) ? read.value : undefined;
}
