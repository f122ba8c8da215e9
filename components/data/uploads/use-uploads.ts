'use client';

import { useEffect, useEffectEvent, useMemo } from 'react';
import { useObservable } from '@/components/observable/use-observable';
import type { FileInfo } from '@/lib/files/contract';
import { isShelved, uploading } from './uploading';

/** The part that does the work is fetched when something is uploaded. */
const load = () => import('./uploads');

/**
 * Uploads at a place of a page. They go on after a cut connection, and after a reload as soon as the place is shown again.
 * `onDone` is given each file once, in whichever page load it came to its end.
 */
export function useUploads(place: string, onDone: (file: FileInfo) => void) {
  const all = useObservable(uploading);
  const here = useMemo(() => all.filter((one) => one.place === place), [all, place]);
  useEffect(() => {
    if (isShelved(place)) void load().then(({ resumeUploads }) => resumeUploads(place));
  }, [place]);
  const take = useEffectEvent(onDone);
  useEffect(() => {
    for (const one of here) {
      if (one.state !== 'done') continue;
      uploading.set((now) => now.filter(({ id }) => id !== one.id));
      take(one.file);
      void load().then(({ forgetUpload }) => forgetUpload(one.id, place));
    }
  }, [here, place]);
  return {
    all: here,
    add: (given: Parameters<Awaited<ReturnType<typeof load>>['addUploads']>[1]) =>
      void load().then(({ addUploads }) => addUploads(place, given)),
    cancel: (id: string) => void load().then(({ cancelUploading }) => cancelUploading(id)),
    takeHere: (id: string) => void load().then(({ takeUploadHere }) => takeUploadHere(id)),
  };
}
