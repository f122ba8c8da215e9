import { browserOfflineStore } from '@/components/realtime/offline-store/browser-offline-store';
import type { Unsaved } from './use-unsaved';

/** Downloads the unsaved edits of one workflow: a file for each rejection, one for the rest. They stay stored. */
export async function downloadUnsaved(userId: string, { workflowId, rejections }: Unsaved) {
  const [{ download }, { rejectedOfOrphaned }] = await Promise.all([
    import('@/components/rejected-edits/download'),
    import('@/components/realtime/offline-store/rejected'),
  ]);
  const orphaned = await browserOfflineStore().readOrphaned(workflowId, userId);
  const why = { code: 'refused', words: 'they were not sent' } as const;
  const bases = orphaned.base ? [orphaned.base] : [];
  const waiting =
    orphaned.edits.length === 0
      ? undefined
      : rejectedOfOrphaned(orphaned.edits, bases, { workflowId, userId, why });
  for (const one of [...rejections, ...(waiting ? [waiting] : [])]) await download(one);
}

/** Discards all of it, but for the unsaved edits of open tabs. */
export async function discardUnsaved(userId: string, { workflowId, rejections }: Unsaved) {
  const store = browserOfflineStore();
  const orphaned = await store.orphaned(workflowId, userId);
  try {
    await store.replace([orphaned], {});
  } finally {
    orphaned.close();
  }
  for (const rejection of rejections) await store.discard(rejection);
}
