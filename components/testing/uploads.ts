import type { FileInfo } from '@/lib/files/contract';
import { createUpload, finishUpload, sendChunk } from '@/lib/files/uploads/contract';
import { api } from './api';

/** Takes files in one chunk each. `made`: the file that comes of a name. */
export function takeUploads(made: (name: string) => FileInfo): void {
  const names = new Map<string, { name: string; size: number }>();
  const expiresAt = '2026-12-02T10:00:00.000Z';
  const upload = (id: string, sent: boolean) => {
    const { name, size } = names.get(id) ?? { name: '', size: 0 };
    return { id, name, size, received: sent ? size : 0, claim: 1, expiresAt };
  };
  api.on(createUpload, ({ body: { id = '', name, size } }) => {
    names.set(id, { name, size });
    return upload(id, false);
  });
  api.on(sendChunk, ({ params }) => upload(params.id, true));
  api.on(finishUpload, ({ params }) => made(names.get(params.id)?.name ?? ''));
}
