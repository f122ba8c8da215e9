'use client';

import { Paperclip } from 'lucide-react';
import { useRef, useState } from 'react';
import { FileChip } from '@/components/files/file-chip';
import { FileDialog } from '@/components/files/file-dialog';
import { Picture } from '@/components/files/picture';
import { UploadChip, UploadProblems } from '@/components/files/upload-chip';
import type { Attachment } from '@/components/files/use-attachments';
import { IconButton } from '@/components/ui/controls/icon-button';
import type { AttachedFile } from '@/lib/chat/attached';
import { acceptedEndings, isPictureFile } from '@/lib/files/file-types';

/** Chooses files of this machine. */
export function AttachButton({ onFiles }: { onFiles: (files: File[]) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton label="Attach files" onClick={() => input.current?.click()}>
        <Paperclip />
      </IconButton>
      <input
        ref={input}
        type="file"
        multiple
        accept={acceptedEndings}
        className="hidden"
        aria-label="Files to attach"
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
    </>
  );
}

type AttachedProps = {
  attachments: readonly Attachment[];
  onRemove: (id: string) => void;
  onTakeHere: (id: string) => void;
};

/** What will be sent along, and why something will not. */
export function AttachedFiles({ attachments, onRemove, onTakeHere }: AttachedProps) {
  const [open, setOpen] = useState<AttachedFile>();
  if (attachments.length === 0) return null;
  return (
    <div className="px-2 pt-2">
      <ul aria-label="Attached files" className="flex flex-wrap gap-1.5">
        {attachments.map((one) =>
          one.state === 'done' ? (
            <FileChip
              key={one.id}
              name={one.name}
              size={one.size}
              onOpen={() => setOpen(one.file)}
              onRemove={() => onRemove(one.id)}
            />
          ) : (
            <UploadChip
              key={one.id}
              of={one}
              onCancel={() => onRemove(one.id)}
              onTakeHere={() => onTakeHere(one.id)}
            />
          ),
        )}
      </ul>
      <UploadProblems of={attachments} />
      <FileDialog file={open} onClose={() => setOpen(undefined)} />
    </div>
  );
}

/** The files of a message that was sent. */
export function SentFiles({ files }: { files: readonly (AttachedFile & { deleted?: boolean })[] }) {
  const [open, setOpen] = useState<AttachedFile>();
  if (files.length === 0) return null;
  const shown = files.filter(({ name, deleted }) => isPictureFile(name) && !deleted);
  const named = files.filter((file) => !shown.includes(file));
  return (
    <>
      {shown.length > 0 ? (
        <ul aria-label="Pictures" className="mt-1.5 flex flex-wrap gap-1.5">
          {shown.map((file) => (
            <li key={file.id}>
              <button
                type="button"
                aria-label={`Open ${file.name}`}
                className="block rounded-md"
                onClick={() => setOpen(file)}
              >
                <Picture
                  id={file.id}
                  name={file.name}
                  className="h-40 max-w-80 min-w-16 hover:border-border-strong"
                />
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      {named.length > 0 ? (
        <ul aria-label="Files" className="mt-1.5 flex flex-wrap gap-1.5">
          {named.map((file) => (
            <FileChip
              key={file.id}
              name={file.name}
              size={file.size}
              deleted={file.deleted}
              onOpen={() => setOpen(file)}
            />
          ))}
        </ul>
      ) : null}
      <FileDialog file={open} onClose={() => setOpen(undefined)} />
    </>
  );
}
