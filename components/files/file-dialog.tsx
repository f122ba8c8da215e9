'use client';

import { Dialog } from '@/components/ui/overlays/dialog';
import { FilePreview } from './file-preview';
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
      {file ? <FilePreview config={{ file: file.id }} /> : null}
    </Dialog>
  );
}
