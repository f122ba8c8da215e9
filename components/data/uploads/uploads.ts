import { at } from '@/lib/values/unknown';
import { ApiError } from '../call';
import { sendFile } from './send-file';
import { type Shelved, shelf } from './shelf';
import { markShelved, type Uploading, uploading } from './uploading';

type Given = {
  file: File;
  /** What is done to it before it is sent. */
  prepare?: (file: File) => Promise<File>;
  /** Why it is not even uploaded. */
  problem?: string | undefined;
};

const stops = new Map<string, AbortController>();

const has = (id: string) => uploading.get().some((one) => one.id === id);
const put = (one: Uploading) =>
  uploading.set((now) => now.map((old) => (old.id === one.id ? one : old)));
const drop = (id: string) => uploading.set((now) => now.filter((one) => one.id !== id));
const about = ({ id, place, name, size }: Shelved) => ({ id, place, name, size });

/** Begins uploads, shown at a place; each is kept on the disk of this browser until it is over. */
export function addUploads(place: string, given: readonly Given[]): void {
  const rows = given.map(({ file, problem, prepare }) => {
    const { name, size } = file;
    const row: Shelved = {
      ...{ id: crypto.randomUUID(), place, name, size },
      file,
      at: Date.now(),
    };
    return { row, problem, prepare };
  });
  uploading.set((now) => [
    ...now,
    ...rows.map(
      ({ row, problem }): Uploading =>
        problem === undefined
          ? { ...about(row), state: 'uploading', progress: 0, waiting: undefined }
          : { ...about(row), state: 'refused', problem },
    ),
  ]);
  for (const { row, problem, prepare } of rows) {
    if (problem === undefined) void run(row, { begun: false, prepare });
  }
}

/** Goes on with what a place had when its page was left; another tab that is at it keeps it. */
export async function resumeUploads(place: string): Promise<void> {
  const rows = (await shelf.at(place)).filter(({ id }) => !has(id));
  if (rows.length === 0) return;
  uploading.set((now) => [
    ...now,
    ...rows.map(
      (row): Uploading =>
        row.made
          ? { ...about(row), state: 'done', file: row.made }
          : { ...about(row), state: 'uploading', progress: 0, waiting: undefined },
    ),
  ]);
  for (const row of rows) if (row.made === undefined) void run(row, { begun: true });
}

/** Ends an upload, and deletes what came of it. */
export async function cancelUploading(id: string): Promise<void> {
  const one = uploading.get().find((each) => each.id === id);
  stops.get(id)?.abort();
  drop(id);
  await forgetUpload(id, one?.place);
  if (one?.state !== 'uploading' && one?.state !== 'elsewhere') return;
  // What is not reached is swept after a day.
  await fetch(`/api/v2/uploads/${id}`, { method: 'DELETE', keepalive: true }).catch(
    () => undefined,
  );
}

/** Takes an upload from the tab that is at it. */
export async function takeUploadHere(id: string): Promise<void> {
  const row = await shelf.get(id);
  if (row?.file) await run(row, { begun: true, steal: true });
}

/** Takes an upload off the disk: it is over, or nobody wants it. */
export async function forgetUpload(id: string, place: string | undefined): Promise<void> {
  await shelf.remove(id);
  if (place !== undefined && (await shelf.at(place)).length === 0) markShelved(place, false);
}

type How = { begun: boolean; steal?: boolean; prepare?: Given['prepare'] };

async function run(row: Shelved, how: How): Promise<void> {
  const stop = new AbortController();
  stops.get(row.id)?.abort();
  stops.set(row.id, stop);
  try {
    await alone(row, how, stop.signal, () => send(row, how, stop.signal));
  } catch (error) {
    const cancelled = stop.signal.aborted;
    // Where another tab took the lock, the work is still under way here.
    stop.abort();
    if (cancelled) return;
    if (isStolen(error)) void run(row, { begun: true });
    else if (isClaimed(error)) put({ ...about(row), state: 'elsewhere' });
    else await refuse(row, error);
  } finally {
    if (stops.get(row.id) === stop) stops.delete(row.id);
  }
}

async function send(row: Shelved, { begun, prepare }: How, signal: AbortSignal): Promise<void> {
  const kept = begun ? await shelf.get(row.id) : undefined;
  if (begun && kept === undefined && typeof indexedDB !== 'undefined') {
    // Another tab has finished or cancelled it.
    drop(row.id);
    return;
  }
  const given = kept?.file ?? row.file;
  if (kept?.made || given === undefined) {
    if (kept?.made) put({ ...about(row), state: 'done', file: kept.made });
    return;
  }
  const file = prepare ? await prepare(given) : given;
  if (!begun) {
    markShelved(row.place, true);
    await shelf.put({ ...row, file });
  }
  let waiting: (Uploading & { state: 'uploading' })['waiting'];
  let progress = 0;
  const show = () => {
    if (!signal.aborted) put({ ...about(row), state: 'uploading', progress, waiting });
  };
  const made = await sendFile(row.id, file, {
    ...{ signal, begun },
    onProgress(part) {
      progress = part;
      show();
    },
    onWaiting(why) {
      waiting = why;
      show();
    },
  });
  const { file: _, ...over } = row;
  await shelf.put({ ...over, made });
  put({ ...about(row), name: made.name, size: made.size, state: 'done', file: made });
}

/** Another tab of this browser took the lock. */
const isStolen = (error: unknown) => error instanceof DOMException && error.name === 'AbortError';
/** Another browser goes on with it. */
const isClaimed = (error: unknown) =>
  ApiError.isInstance(error) && at(error.details, 'reason') === 'claimed';

/** Runs `work` while no other tab of this browser is at the upload: it waits for that one's end, and says so meanwhile. */
async function alone(
  row: Shelved,
  { steal = false }: How,
  signal: AbortSignal,
  work: () => Promise<void>,
): Promise<void> {
  // Only where the page came by HTTPS or from this machine.
  const { locks }: Partial<Pick<Navigator, 'locks'>> = navigator;
  if (locks === undefined) return work();
  const name = `ensemble.upload.${row.id}`;
  if (steal) return locks.request(name, { steal: true }, work);
  const done = await locks.request(name, { ifAvailable: true }, async (lock) => {
    if (lock === null) return false;
    await work();
    return true;
  });
  if (done || signal.aborted) return;
  put({ ...about(row), state: 'elsewhere' });
  await locks.request(name, { signal }, work);
}

async function refuse(row: Shelved, error: unknown): Promise<void> {
  const known = ApiError.isInstance(error);
  const problem = known
    ? error.message
    : 'The file could not be read. It may have been moved or changed: choose it again.';
  put({ ...about(row), state: 'refused', problem });
  // Whoever signs in again finds it.
  if (known && error.code === 'unauthenticated') return;
  await forgetUpload(row.id, row.place);
}
