'use client';

import { useMemo, useState } from 'react';
import { savedFilesIn } from '@/lib/files/saved-files';
import { contentAddress } from './content-address';
import { FileChip } from './file-chip';
import { FileDialog } from './file-dialog';

/** The files that a result names, to be opened and saved. */
export function SavedFiles({ value }: { value: unknown }) {
  const files = useMemo(() => savedFilesIn(value), [value]);
  const [shown, setShown] = useState<string>();
  if (files.length === 0) return null;
  return (
    <>
      <ul aria-label="Files" className="flex flex-wrap gap-1.5">
        {files.map(({ id, name, size }) => (
          <FileChip
            key={id}
            {...{ name, size }}
            download={contentAddress(id)}
            onOpen={() => setShown(id)}
          />
        ))}
      </ul>
      <FileDialog file={files.find(({ id }) => id === shown)} onClose={() => setShown(undefined)} />
    </>
  );
}
