'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { z } from 'zod';
import { unsent } from '@/components/data/unsent/unsent';
import type { Uploading } from '@/components/data/uploads/uploading';
import { useUploads } from '@/components/data/uploads/use-uploads';
import { filesKey } from '@/components/data/use-files';
import { type AttachedFile, attachedFileSchema, maxFiles } from '@/lib/chat/attached';
import { sizeProblem } from '@/lib/files/file-limits';
import { fileTypeOf, isPictureFile } from '@/lib/files/file-types';
import { shrinkPicture } from './shrink-picture';

/** A file beside a message that is being written: on its way, there, or refused with a sentence. */
export type Attachment =
  | Exclude<Uploading, { state: 'done' }>
  | { id: string; name: string; size: number; state: 'done'; file: AttachedFile };

/** Files of a message that is not sent yet. They survive a reload, as the text does: those on their way go on. */
export function useAttachments(place: string) {
  const client = useQueryClient();
  const [kept, setKept] = useState<AttachedFile[]>([]);
  // After the first paint: the server does not know them.
  useEffect(() => setKept(readKept(unsent.get(place))), [place]);
  const keep = (next: AttachedFile[]) => {
    unsent.set(place, next.length > 0 ? JSON.stringify(next) : '');
    setKept(next);
  };
  const uploads = useUploads(place, (made) => {
    keep([...readKept(unsent.get(place)), attached(made)]);
    void client.invalidateQueries({ queryKey: filesKey });
  });
  const onTheWay = uploads.all.flatMap((one): Attachment[] => (one.state === 'done' ? [] : [one]));
  const done = kept.map((file): Attachment => {
    const { id, name, size } = file;
    return { id, name, size, state: 'done', file };
  });
  const all = [...done, ...onTheWay];
  return {
    all,
    /** Some are not there yet. */
    pending: onTheWay.some(({ state }) => state !== 'refused'),
    add(files: readonly File[]) {
      const room = Math.max(0, maxFiles - all.length);
      uploads.add(
        files.map((file, at) => ({
          file,
          prepare: shrinkPicture,
          problem: at < room ? problemOf(file) : `“${file.name}”: ${tooMany}`,
        })),
      );
    },
    takeHere: uploads.takeHere,
    remove(id: string) {
      if (kept.some((file) => file.id === id)) keep(kept.filter((file) => file.id !== id));
      else uploads.cancel(id);
    },
    clear() {
      keep([]);
      for (const { id } of onTheWay) uploads.cancel(id);
    },
  };
}

/** Larger ones are no photos of a phone. */
const maxDrawnBytes = 50 * 1_048_576;
const tooMany = `A message takes at most ${maxFiles} files.`;

/** Why a file is not even uploaded, in a sentence. */
function problemOf({ name, size }: File): string | undefined {
  if (fileTypeOf(name) === undefined) {
    return `“${name}” cannot be read here. Send a table, a document, JSON, text or a picture (PNG, JPEG, WebP).`;
  }
  if (size === 0) return `“${name}” is empty.`;
  // A picture that is too large is made smaller on its way.
  return isPictureFile(name) && size <= maxDrawnBytes ? undefined : sizeProblem(name, size);
}

const attached = ({ id, name, mediaType, size }: AttachedFile): AttachedFile => ({
  ...{ id, name, mediaType, size },
});

function readKept(text: string): AttachedFile[] {
  if (text === '') return [];
  try {
    return z.array(attachedFileSchema).parse(JSON.parse(text));
  } catch {
    return [];
  }
}
