'use client';

import { type ReactNode, useState } from 'react';
import { useCanEdit, useSession } from '@/components/session/session';
import { toast } from '@/components/ui/controls/toast';
import { Dialog } from '@/components/ui/overlays/dialog';
import { FileErrors } from '@/components/workflows/file-errors';
import type { FileError } from '@/components/workflows/import-errors';
import { workflowLimits } from '@/lib/workflows/schema';
import { readDropped } from './read-dropped';

type Refused = { file: { name: string; text: string }; errors: FileError[] };

/** Takes a YAML or JSON file that is dropped on the canvas: its steps land under the pointer, as one edit. */
export function FileDrop({ children }: { children: ReactNode }) {
  const { actions, graph } = useSession();
  const canEdit = useCanEdit();
  const [over, setOver] = useState(false);
  const [refused, setRefused] = useState<Refused>();
  const isFile = (event: React.DragEvent) => event.dataTransfer.types.includes('Files');
  const take = async (file: File, screen: { x: number; y: number }) => {
    const read = await readDropped(file);
    if (!read.ok) {
      setRefused(read);
      return;
    }
    const { definition } = read;
    const room = workflowLimits.nodes - graph.get().nodes.size;
    if (definition.nodes.length > room) {
      const message = `It has ${definition.nodes.length} steps; this workflow can take ${room} more.`;
      setRefused({ file: { name: file.name, text: '' }, errors: [{ message }] });
      return;
    }
    actions.insertWorkflow(definition, graph.get().nodes.size === 0 ? undefined : screen);
    toast.success(`The steps of ${file.name} were added`, {
      action: { label: 'Undo', onClick: actions.undo },
    });
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: importing on the list of workflows does the same by keyboard
    <div
      className="relative flex min-h-0 min-w-0 flex-1"
      onDragOver={(event) => {
        if (!canEdit || !isFile(event)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        setOver(false);
        if (!isFile(event)) return;
        // Without this the browser leaves the page for the file.
        event.preventDefault();
        const [file] = event.dataTransfer.files;
        if (file && canEdit) void take(file, { x: event.clientX, y: event.clientY });
      }}
    >
      {children}
      {over ? (
        <div className="pointer-events-none absolute inset-2 z-30 flex items-center justify-center rounded-lg border border-dashed border-accent bg-accent-soft/90 font-medium text-accent">
          Drop to add its steps here
        </div>
      ) : null}
      {refused ? (
        <Dialog
          open
          onOpenChange={() => setRefused(undefined)}
          title="The file was not added"
          description="Fix it and drop it again."
        >
          <FileErrors file={refused.file} errors={refused.errors} />
        </Dialog>
      ) : null}
    </div>
  );
}
