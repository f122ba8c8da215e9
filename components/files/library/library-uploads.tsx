'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useUploads } from '@/components/data/uploads/use-uploads';
import { filesKey } from '@/components/data/use-files';
import { useActor } from '@/components/shell/actor-context';
import { toast } from '@/components/ui/controls/toast';
import { UploadList } from '../upload-chip';

/** Uploads into the library of the workspace. */
export function useLibraryUploads() {
  const client = useQueryClient();
  const { userId, workspaceId } = useActor();
  return useUploads(`${userId}:${workspaceId}:library`, ({ name }) => {
    toast.success(`“${name}” uploaded`);
    void client.invalidateQueries({ queryKey: filesKey.slice(0, 1) });
  });
}

/** What is on its way, above the list. */
export function LibraryUploads({ uploads }: { uploads: ReturnType<typeof useLibraryUploads> }) {
  return (
    <UploadList
      of={uploads.all}
      label="Uploads"
      className="border-b px-4 py-2"
      onCancel={uploads.cancel}
      onTakeHere={uploads.takeHere}
    />
  );
}
