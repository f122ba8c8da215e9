import { browserKeep } from '@/components/realtime/offline-store/browser-keep';
import type { Unsaved } from './use-unsaved';

/** Saves as files what lies in this browser of one workflow: one for each lot that was kept. It stays here. */
export async function downloadUnsaved(userId: string, { workflowId, asides }: Unsaved) {
  const [{ download }, { setAsideOfLeft }] = await Promise.all([
    import('@/components/rejected-edits/download'),
    import('@/components/realtime/offline-store/set-aside'),
  ]);
  const left = await browserKeep().left(workflowId, userId);
  try {
    const why = { code: 'refused', words: 'they were not sent' } as const;
    const bases = left.base ? [left.base] : [];
    const waiting =
      left.edits.length === 0
        ? undefined
        : setAsideOfLeft(left.edits, bases, { workflowId, userId, why });
    for (const one of [...asides, ...(waiting ? [waiting] : [])]) await download(one);
  } finally {
    left.close();
  }
}

/** Forgets all of it, for good. What a tab that lives has not saved is not touched. */
export async function discardUnsaved(userId: string, { workflowId, asides }: Unsaved) {
  const keep = browserKeep();
  const left = await keep.left(workflowId, userId);
  try {
    await keep.move([left], {});
  } finally {
    left.close();
  }
  for (const aside of asides) await keep.discard(aside);
}
