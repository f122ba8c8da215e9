'use client';

import { Upload } from 'lucide-react';
import { useRef } from 'react';
import { Button } from '@/components/ui/controls/button';
import { acceptedEndings } from '@/lib/files/file-types';

/** Chooses files to upload. */
export function UploadButton({ onFiles }: { onFiles: (files: File[]) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Files to upload"
        accept={acceptedEndings}
        onChange={({ target }) => {
          const chosen = [...(target.files ?? [])];
          if (chosen.length > 0) onFiles(chosen);
          target.value = '';
        }}
      />
      <Button variant="primary" size="sm" onClick={() => input.current?.click()}>
        <Upload aria-hidden /> Upload
      </Button>
    </>
  );
}
