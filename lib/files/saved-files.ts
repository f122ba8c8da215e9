import { isRecord } from '@/lib/values/unknown';

export type SavedFile = { id: string; name: string; size: number };

const id = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const most = { files: 20, depth: 4, values: 2_000 } as const;

/** Files that a result names as steps give them: with id, name, type and size. Looks at the beginning of large results. */
export function savedFilesIn(value: unknown): SavedFile[] {
  const found = new Map<string, SavedFile>();
  let left: number = most.values;
  const look = (inner: unknown, depth: number) => {
    left -= 1;
    if (left < 0 || depth > most.depth || found.size >= most.files) return;
    if (Array.isArray(inner)) for (const item of inner.slice(0, 200)) look(item, depth + 1);
    if (!isRecord(inner)) return;
    const file = fileOf(inner);
    if (file !== undefined) found.set(file.id, file);
    else for (const part of Object.values(inner)) look(part, depth + 1);
  };
  look(value, 0);
  return [...found.values()];
}

function fileOf(value: Record<string, unknown>): SavedFile | undefined {
  const { id: given, name, mediaType, size } = value;
  if (typeof given !== 'string' || !id.test(given) || typeof name !== 'string') return undefined;
  if (typeof mediaType !== 'string' || typeof size !== 'number') return undefined;
  return { id: given, name, size };
}
