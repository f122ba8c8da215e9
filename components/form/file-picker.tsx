'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Upload } from 'lucide-react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useUploads } from '@/components/data/uploads/use-uploads';
import { filesKey, looksLikeFile, useFiles } from '@/components/data/use-files';
import { UploadList } from '@/components/files/upload-chip';
import { useActor } from '@/components/shell/actor-context';
import { registerTaker } from '@/components/text-editor/insert-reference';
import { TextEditor } from '@/components/text-editor/text-editor';
import { Button } from '@/components/ui/controls/button';
import { Select } from '@/components/ui/controls/select';
import { acceptedEndings } from '@/lib/files/file-types';
import { expressionOf, holeOf } from '@/lib/workflows/references';
import type { ControlProps } from './control-props';
import { type FieldPath, useFormHost } from './host';

const written = '-';
const samples = [{ value: 'sample:sales.csv', label: 'sales.csv', hint: 'sample' }];

/** Uploads for one field: those of a step's settings go on after a reload, when its settings are shown again. */
function useUpload(path: FieldPath, onDone: (id: string) => void) {
  const client = useQueryClient();
  const { userId, workspaceId } = useActor();
  const [own] = useState(() => crypto.randomUUID());
  const { formId = own } = useFormHost();
  return useUploads(`${userId}:${workspaceId}:${formId}:${path.join('.')}`, (file) => {
    onDone(file.id);
    void client.invalidateQueries({ queryKey: filesKey });
  });
}

/** Chooses a file of the workspace, a sample, or a place in the run's data; uploads a new one. */
export function FilePicker({ field, value, path, id, noteId, invalid }: ControlProps) {
  const host = useFormHost();
  const input = useRef<HTMLInputElement>(null);
  const files = useFiles();
  const uploads = useUpload(path, (fileId) => choose(fileId));
  const onTheWay = uploads.all.filter(({ state }) => state !== 'done' && state !== 'refused');
  const chosen = typeof value === 'string' ? value : '';
  // Once it is written by hand the field stays, also while it is empty: letters typed next must find it.
  const [writing, setWriting] = useState(false);
  const choose = (next: string) => {
    setWriting(next === written);
    host.set(path, next === written ? firstReference(host.fileInputs?.()) : next);
  };
  // "Use a value" goes here where no text was written in.
  const take = useEffectEvent((reference: string) => {
    choose(reference);
    document.getElementById(id)?.focus();
  });
  const takes = host.fileInputs !== undefined && !host.readOnly;
  useEffect(() => (takes ? registerTaker((reference) => take(reference)) : undefined), [takes]);
  const own = (files.data?.items ?? []).map((file) => ({
    value: file.id,
    label: file.name,
    hint: `${Math.max(1, Math.round(file.size / 1_024))} KB`,
  }));
  const known = [...own, ...samples].some((option) => option.value === chosen);
  // An id that is not in the list is a file that is gone, or older than the list.
  const lost = chosen !== '' && !known && looksLikeFile(chosen);
  const byHand = writing || (chosen !== '' && !known && !lost);
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex gap-1.5">
        <Select
          id={id}
          aria-label={field.title}
          aria-describedby={noteId}
          aria-invalid={invalid || undefined}
          value={byHand ? written : chosen === '' ? undefined : chosen}
          placeholder="Choose a file…"
          disabled={host.readOnly}
          onValueChange={choose}
          groups={[
            ...(own.length > 0 ? [{ label: 'Workspace', options: own }] : []),
            ...(lost ? [{ label: 'Not in the list', options: [lostFile(chosen, files)] }] : []),
            { label: 'Samples', options: samples },
            ...(host.fileInputs || byHand
              ? [{ label: 'Other', options: [{ value: written, label: 'From input or a step' }] }]
              : []),
          ]}
        />
        {host.readOnly ? null : (
          <Button loading={onTheWay.length > 0} onClick={() => input.current?.click()}>
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
            if (file) uploads.add([{ file }]);
            event.target.value = '';
          }}
        />
      </div>
      <UploadList
        of={uploads.all}
        label={`Uploads for ${field.title}`}
        onCancel={uploads.cancel}
        onTakeHere={uploads.takeHere}
      />
      {byHand ? (
        <TextEditor
          language="template"
          singleLine
          label={`${field.title}: reference`}
          value={chosen}
          placeholder="{{ steps.name.output }}"
          readOnly={host.readOnly}
          {...(host.suggest ? { suggest: host.suggest } : {})}
          onChange={(next) => {
            setWriting(true);
            host.set(path, next);
          }}
          onFocus={() => host.onFocus?.(path)}
          onBlur={() => host.onFocus?.(undefined)}
        />
      ) : null}
    </div>
  );
}

/** The first of the run's files as a reference; nothing where the run takes none. */
function firstReference(inputs: readonly string[] | undefined): string {
  const [first] = inputs ?? [];
  return first === undefined ? '' : holeOf(expressionOf(['input', first]));
}

function lostFile(id: string, { isPending }: ReturnType<typeof useFiles>) {
  return { value: id, label: isPending ? 'Loading…' : 'A file that is not in the list' };
}
