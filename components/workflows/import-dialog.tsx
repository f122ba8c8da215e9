'use client';

import { FileUp } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { cn } from '@/components/ui/cn';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Textarea } from '@/components/ui/controls/textarea';
import { Dialog } from '@/components/ui/overlays/dialog';
import { FileErrors } from './file-errors';
import type { useImport } from './use-import';

type Props = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  importing: ReturnType<typeof useImport>;
};

/** Takes a workflow as a file or as text, and shows what is wrong with it, by line. */
export function ImportDialog({ open, onOpenChange, importing }: Props) {
  const [pasted, setPasted] = useState('');
  const { file, errors, pending } = importing;
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        if (!next) importing.reset();
        onOpenChange(next);
      }}
      title="Import a workflow"
      description="JSON or YAML: an exported workflow, or a list of tasks with dependencies."
      footer={
        <Button
          variant="primary"
          loading={pending}
          disabled={pasted.trim() === ''}
          onClick={() => importing.send({ name: 'The pasted text', text: pasted })}
        >
          Import
        </Button>
      }
    >
      <div className="space-y-4">
        <DropZone pending={pending} onFile={(given) => void importing.read(given)} />
        <Field label="Or paste it">
          <Textarea
            value={pasted}
            onChange={(event) => setPasted(event.target.value)}
            spellCheck={false}
            className="max-h-52 font-mono text-xs"
            placeholder={'name: My workflow\nnodes: …'}
          />
        </Field>
        {errors.length > 0 && file ? <FileErrors file={file} errors={errors} /> : null}
      </div>
    </Dialog>
  );
}

function DropZone({ pending, onFile }: { pending: boolean; onFile: (file: File) => void }) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same by keyboard
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const dropped = event.dataTransfer.files[0];
        if (dropped) onFile(dropped);
      }}
      className={cn(
        'flex flex-col items-center gap-2 rounded-lg border border-dashed border-border-strong px-4 py-6 text-center text-muted',
        over && 'border-accent bg-accent-soft text-fg',
      )}
    >
      <FileUp className="size-4" aria-hidden />
      <p>Drop a file here, or</p>
      <label htmlFor={id} className="sr-only">
        Workflow file
      </label>
      <input
        ref={input}
        id={id}
        type="file"
        tabIndex={-1}
        accept=".json,.yaml,.yml,application/json,application/yaml"
        className="sr-only"
        onChange={(event) => {
          const chosen = event.target.files?.[0];
          event.target.value = '';
          if (chosen) onFile(chosen);
        }}
      />
      <Button size="sm" loading={pending} onClick={() => input.current?.click()}>
        Choose a file
      </Button>
    </div>
  );
}
