'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { z } from 'zod';
import { ApiError } from '@/components/data/call';
import { unsent } from '@/components/data/unsent/unsent';
import { upload } from '@/components/data/upload';
import { filesKey } from '@/components/data/use-files';
import { type AttachedFile, attachedFileSchema, maxFiles } from '@/lib/chat/attached';
import { sizeProblem } from '@/lib/files/file-limits';
import { fileTypeOf, isPictureFile } from '@/lib/files/file-types';
import { shrinkPicture } from './shrink-picture';

/** A file beside a message that is being written: on its way, there, or refused with a sentence. */
export type Attachment = { key: string; name: string; size: number } & (
  | { state: 'uploading'; progress: number }
  | { state: 'done'; file: AttachedFile }
  | { state: 'refused'; problem: string }
);

/** Files of a message that is not sent yet. Those that are uploaded survive a reload, as the text does. */
export function useAttachments(place: string) {
  const client = useQueryClient();
  const [all, setAll] = useState<Attachment[]>([]);
  const stops = useRef(new Map<string, AbortController>());
  // After the first paint: the server does not know them.
  useEffect(() => {
    const running = stops.current;
    setAll(readKept(unsent.get(place)));
    return () => {
      for (const stop of running.values()) stop.abort();
    };
  }, [place]);

  const change = (next: (now: Attachment[]) => Attachment[]) =>
    setAll((now) => {
      const then = next(now);
      const kept = then.flatMap((one) => (one.state === 'done' ? [one.file] : []));
      unsent.set(place, kept.length > 0 ? JSON.stringify(kept) : '');
      return then;
    });
  const put = (one: Attachment) =>
    change((now) => now.map((old) => (old.key === one.key ? one : old)));

  const send = async (key: string, file: File) => {
    const { name, size } = file;
    const stop = new AbortController();
    stops.current.set(key, stop);
    try {
      const made = await upload(await shrinkPicture(file), {
        signal: stop.signal,
        onProgress: (progress) => put({ key, name, size, state: 'uploading', progress }),
      });
      put({ key, name: made.name, size: made.size, state: 'done', file: attached(made) });
      void client.invalidateQueries({ queryKey: filesKey });
    } catch (error) {
      if (stop.signal.aborted) return;
      const problem = ApiError.isInstance(error) ? error.message : 'It was not uploaded.';
      put({ key, name, size, state: 'refused', problem });
    } finally {
      stops.current.delete(key);
    }
  };
  return {
    all,
    add(files: readonly File[]) {
      const room = Math.max(0, maxFiles - all.length);
      const added = files.map((file, at) => {
        const { name, size } = file;
        const key = crypto.randomUUID();
        const problem = at < room ? problemOf(file) : `“${name}”: ${tooMany}`;
        const one: Attachment =
          problem === undefined
            ? { key, name, size, state: 'uploading', progress: 0 }
            : { key, name, size, state: 'refused', problem };
        return { one, file };
      });
      change((now) => [...now, ...added.map(({ one }) => one)]);
      for (const { one, file } of added) if (one.state === 'uploading') void send(one.key, file);
    },
    remove(key: string) {
      stops.current.get(key)?.abort();
      change((now) => now.filter((one) => one.key !== key));
    },
    clear: () => change(() => []),
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

function readKept(text: string): Attachment[] {
  if (text === '') return [];
  try {
    const kept = z.array(attachedFileSchema).parse(JSON.parse(text));
    return kept.map((file) => ({
      ...{ key: file.id, name: file.name, size: file.size, state: 'done', file },
    }));
  } catch {
    return [];
  }
}
