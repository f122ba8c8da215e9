'use client';

import { Download, Ellipsis, Trash2, Upload } from 'lucide-react';
import { useRef, useState } from 'react';
import { exportOf, useDeleteSpace, useImportSpace } from '@/components/data/memory-queries';
import { useCan } from '@/components/shell/actor-context';
import { IconButton } from '@/components/ui/controls/icon-button';
import { toast, toastError } from '@/components/ui/controls/toast';
import { plural } from '@/components/ui/format';
import { AlertDialog } from '@/components/ui/overlays/alert-dialog';
import { DropdownMenu, DropdownMenuItem } from '@/components/ui/overlays/dropdown-menu';
import { readJson } from '@/lib/api/json/read-json';
import { importSpace } from '@/lib/memory/contract';
import type { MemorySpace } from '@/lib/memory/schema';

/** Takes a memory out and in as a file, and deletes it. */
export function SpaceMenu({ space }: { space: MemorySpace }) {
  const canEdit = useCan('memory.edit');
  const input = useRef<HTMLInputElement>(null);
  const [asking, setAsking] = useState(false);
  const load = useImportSpace();
  const remove = useDeleteSpace();
  const take = async (file: File) => {
    try {
      const read = readJson(await file.text());
      const body = importSpace.body.safeParse(read.ok ? read.value : undefined);
      if (!body.success) throw new Error('The file is no export of a memory.');
      const { written, unchanged } = await load.mutateAsync({ space: space.key, body: body.data });
      toast.success(`${plural(written, 'entry', 'entries')} imported, ${unchanged} unchanged`);
    } catch (error) {
      toastError('Nothing was imported', error);
    }
  };
  return (
    <>
      <DropdownMenu
        align="end"
        trigger={
          <IconButton label={`More for ${space.title}`}>
            <Ellipsis aria-hidden />
          </IconButton>
        }
      >
        <DropdownMenuItem
          onSelect={() =>
            void download(space).catch((error: unknown) =>
              toastError('The memory was not exported', error),
            )
          }
        >
          <Download aria-hidden /> Export
        </DropdownMenuItem>
        {canEdit ? (
          <>
            <DropdownMenuItem onSelect={() => input.current?.click()}>
              <Upload aria-hidden /> Import…
            </DropdownMenuItem>
            <DropdownMenuItem danger onSelect={() => setAsking(true)}>
              <Trash2 aria-hidden /> Delete…
            </DropdownMenuItem>
          </>
        ) : null}
      </DropdownMenu>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        aria-label="File to import"
        className="hidden"
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          event.target.value = '';
          if (file) void take(file);
        }}
      />
      <AlertDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Delete the memory ${space.title}?`}
        description={`${plural(space.entries, 'entry', 'entries')} are deleted with all versions and checkpoints. This cannot be undone.`}
        confirmLabel="Delete memory"
        pending={remove.isPending}
        onConfirm={() =>
          remove.mutateAsync(space.key).catch((error: unknown) => {
            toastError('The memory was not deleted', error);
            throw error;
          })
        }
      />
    </>
  );
}

async function download({ key, title }: MemorySpace): Promise<void> {
  const text = JSON.stringify(await exportOf(key), null, 2);
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${title.replace(/[^\p{L}\p{N} _-]+/gu, '-')}.json`;
  link.click();
  URL.revokeObjectURL(url);
}
