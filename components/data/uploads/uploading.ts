import { createObservable } from '@/components/observable/observable';
import type { FileInfo } from '@/lib/files/contract';
import type { Waiting } from './patiently';

/** A file on its way, there, or refused with a sentence. */
export type Uploading = { id: string; place: string; name: string; size: number } & (
  | { state: 'uploading'; progress: number; waiting: Waiting | undefined }
  /** Another tab goes on with it. */
  | { state: 'elsewhere' }
  | { state: 'done'; file: FileInfo }
  | { state: 'refused'; problem: string }
);

/** All uploads of this tab, the oldest first. They go on while one walks about in the product. */
export const uploading = createObservable<readonly Uploading[]>([]);

const mark = (place: string) => `ensemble.uploads.${place}`;

/** Remembers without opening the disk that something lies there for a place. */
export function markShelved(place: string, is: boolean): void {
  try {
    if (is) localStorage.setItem(mark(place), '1');
    else localStorage.removeItem(mark(place));
  } catch {
    // No storage: nothing survives a reload.
  }
}

export function isShelved(place: string): boolean {
  try {
    return localStorage.getItem(mark(place)) !== null;
  } catch {
    return false;
  }
}
