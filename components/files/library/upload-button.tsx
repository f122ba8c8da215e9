'use client';

import { Upload } from 'lucide-react';
import { useRef } from 'react';
import { Button } from '@/components/ui/controls/button';
import { toast } from '@/components/ui/controls/toast';
import { plural } from '@/components/ui/format';
import { acceptedEndings } from '@/lib/files/file-types';
import { useUploadFiles } from './file-queries';

/** Chooses files and uploads them; says which were not taken, and why. */
export function UploadButton() {
  const input = useRef<HTMLInputElement>(null);
  const uploads = useUploadFiles();
  const take = (chosen: readonly File[]) => {
    if (chosen.length === 0) return;
    uploads.mutate(chosen, {
      onSuccess({ taken, refused }) {
        if (taken > 0) toast.success(`${plural(taken, 'file')} uploaded`);
        for (const problem of refused.slice(0, 3)) {
          toast.error('A file was not uploaded', { description: problem });
        }
      },
    });
  };
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
          take([...(target.files ?? [])]);
          target.value = '';
        }}
      />
      <Button
        variant="primary"
        size="sm"
        loading={uploads.isPending}
        onClick={() => input.current?.click()}
      >
        <Upload aria-hidden /> Upload
      </Button>
    </>
  );
}
