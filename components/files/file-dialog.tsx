'use client';

import { Dialog } from '@/components/ui/overlays/dialog';
import { isPictureFile } from '@/lib/files/file-types';
import { FilePreview } from './file-preview';
import { Picture } from './picture';
import { sizeText } from './size-text';

type Props = {
  /** The one to show; closed without one. */
  file: { id: string; name: string; size: number } | undefined;
  onClose: () => void;
};

/** A file of the workspace as it is read: its first rows, or the beginning of its text. */
export function FileDialog({ file, onClose }: Props) {
  return (
    <Dialog
      size="lg"
      open={file !== undefined}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={file?.name ?? ''}
      description={file ? sizeText(file.size) : undefined}
    >
      {file && isPictureFile(file.name) ? (
        <Picture id={file.id} name={file.name} className="mx-auto max-h-[70vh] max-w-full" />
      ) : file ? (
        <FilePreview config={{ file: file.id }} />
      ) : null}
    </Dialog>
  );
}
