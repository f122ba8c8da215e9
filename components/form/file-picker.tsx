'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Upload } from 'lucide-react';
import { useRef } from 'react';
import { call } from '@/components/data/call';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { toastError } from '@/components/ui/toast';
import { listFiles, uploadFile } from '@/lib/files/contract';
import { acceptedEndings } from '@/lib/files/file-types';
import type { ControlProps } from './control-props';
import { useFormHost } from './host';

const filesKey = ['files', 'list'];
const written = '-';
const samples = [{ value: 'sample:sales.csv', label: 'sales.csv', hint: 'sample' }];

function useFiles() {
  return useQuery({
    queryKey: filesKey,
    queryFn: ({ signal }) => call(listFiles, { query: { limit: 100 } }, { signal }),
  });
}

function useUpload(onDone: (id: string) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (file: File) =>
      call(
        uploadFile,
        { query: { name: file.name }, body: file },
        { contentType: 'application/octet-stream' },
      ),
    onSuccess: async (file) => {
      onDone(file.id);
      await client.invalidateQueries({ queryKey: filesKey });
    },
    onError: (error) => toastError('The file was not uploaded', error),
  });
}

/** Chooses a file of the workspace, a sample, or a place in the run's data; uploads a new one. */
export function FilePicker({ field, value, path, id, noteId, invalid }: ControlProps) {
  const host = useFormHost();
  const input = useRef<HTMLInputElement>(null);
  const files = useFiles();
  const upload = useUpload((fileId) => host.set(path, fileId));
  const chosen = typeof value === 'string' ? value : '';
  const own = (files.data?.items ?? []).map((file) => ({
    value: file.id,
    label: file.name,
    hint: `${Math.max(1, Math.round(file.size / 1_024))} KB`,
  }));
  const known = [...own, ...samples].some((option) => option.value === chosen);
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex gap-1.5">
        <Select
          id={id}
          aria-label={field.title}
          aria-describedby={noteId}
          aria-invalid={invalid || undefined}
          value={known ? chosen : chosen === '' ? undefined : written}
          placeholder="Choose a file…"
          disabled={host.readOnly}
          onValueChange={(next) => host.set(path, next === written ? '{{ input.file }}' : next)}
          groups={[
            ...(own.length > 0 ? [{ label: 'Workspace', options: own }] : []),
            { label: 'Samples', options: samples },
            { label: 'Other', options: [{ value: written, label: 'From the run’s data' }] },
          ]}
        />
        {host.readOnly ? null : (
          <Button loading={upload.isPending} onClick={() => input.current?.click()}>
            <Upload aria-hidden /> Upload
          </Button>
        )}
        <input
          ref={input}
          type="file"
          accept={acceptedEndings}
          className="hidden"
          aria-label={`Upload for ${field.title}`}
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            if (file) upload.mutate(file);
            event.target.value = '';
          }}
        />
      </div>
      {!known && chosen !== '' ? (
        <Input
          aria-label={`${field.title}: reference`}
          value={chosen}
          readOnly={host.readOnly}
          className="font-mono text-xs"
          onChange={(event) => host.set(path, event.target.value)}
        />
      ) : null}
    </div>
  );
}
