import { fromBase64, toBase64 } from 'lib0/buffer';
import * as Y from 'yjs';
import type { DraftJoined, Refusal } from '@/lib/realtime/messages';
import { unpackUpdates } from '@/lib/realtime/pack';
import type { DraftCatalogue } from '@/lib/workflows/draft-shape';
import { type OpenCopy, openCopy } from './draft-copy';
import { type DraftStatus, loadingStatus } from './draft-status';
import { createExternal, type External } from './external';
import { nothingTouched, transplant } from './transplant';
import type { Wire } from './wire';

export type DraftConnection = {
  readonly status: External<DraftStatus>;
  start(): void;
  /** Sends what waits, leaves, and forgets the copy. */
  stop(): void;
  /** Resolves when the server has committed every edit made so far. */
  saved(): Promise<void>;
};

/** Local edits of this time travel together. */
const batchMs = 22;
/** Messages on their way at once: more only lengthen the queue of a slow network. */
const maxInFlight = 4;
const rejoinMs = [100, 500, 1_000, 2_000, 3_000];
/** Refusals for which the same message may succeed later. */
const passing = new Set(['resync', 'unavailable', 'too_many_requests', 'internal', 'forbidden']);

/** Keeps one copy of a workflow's shared document in step with the server, through lost connections and refusals. */
export function createDraftConnection(parts: {
  wire: Wire;
  workflowId: string;
  catalogue: DraftCatalogue;
}): DraftConnection {
  const { wire, workflowId } = parts;
  const status = createExternal<DraftStatus>(loadingStatus);
  const set = (change: Partial<DraftStatus>) => status.set({ ...status.get(), ...change });
  let copy: OpenCopy | undefined;
  let running = false;
  let joined = false;
  /** Counts joins and resets: an answer to an earlier one is void. */
  let epoch = 0;
  let failures = 0;
  let inFlight = 0;
  let sentAt = 0;
  let sendTimer: ReturnType<typeof setTimeout> | undefined;
  let joinTimer: ReturnType<typeof setTimeout> | undefined;
  const waiters = new Set<() => void>();
  let stops: (() => void)[] = [];

  const refresh = () => {
    const pending = copy?.outbox.pending() ?? 0;
    const now = status.get();
    if (now.phase !== 'refused' && copy) {
      const phase = !joined ? 'offline' : pending > 0 ? 'saving' : 'saved';
      if (phase !== now.phase || pending !== now.pending) set({ phase, pending });
    }
    if (pending === 0 && joined) {
      for (const resolve of waiters) resolve();
      waiters.clear();
    }
  };

  const schedule = () => {
    if (!joined || sendTimer !== undefined || inFlight >= maxInFlight) return;
    if (!copy || copy.outbox.waiting() === 0) return;
    sendTimer = setTimeout(send, Math.max(0, sentAt + batchMs - Date.now()));
  };

  const send = () => {
    sendTimer = undefined;
    const batch = joined ? copy?.outbox.take() : undefined;
    if (!batch || !copy) return;
    const of = epoch;
    sentAt = Date.now();
    inFlight += 1;
    void wire
      .request('draft.update', { workflowId, update: toBase64(batch.update) })
      .then((answer) => {
        if (of !== epoch) return;
        inFlight -= 1;
        if (!answer.ok) return refused(answer);
        failures = 0;
        copy?.outbox.done(batch);
        if (copy?.outbox.pending() === 0) copy.touched = nothingTouched();
        refresh();
        schedule();
      });
    schedule();
  };

  /** The server did not take an update: join again, and either send once more or start from its state. */
  const refused = ({ error }: Refusal) => {
    copy?.outbox.failed();
    const repeated = error.code === 'resync' && failures >= 3;
    if (passing.has(error.code) && !repeated)
      return rejoin(error.code === 'resync' ? 0 : undefined);
    if (!repeated) set({ notice: `The last edits were not taken: ${error.message}` });
    return startOver(repeated);
  };

  const rejoin = (delay?: number) => {
    epoch += 1;
    joined = false;
    inFlight = 0;
    clearTimeout(sendTimer);
    sendTimer = undefined;
    copy?.outbox.failed();
    refresh();
    clearTimeout(joinTimer);
    joinTimer = setTimeout(join, delay ?? rejoinMs[Math.min(failures, rejoinMs.length - 1)]);
    failures += 1;
  };

  /** Takes the server's state as it is; with `keep`, what this person changed since is done again on top of it. */
  const startOver = (keep: boolean) => {
    const old = copy;
    copy = undefined;
    if (old) old.presence.stop();
    carried = keep && old ? old : undefined;
    old?.close();
    rejoin(0);
  };
  let carried: OpenCopy | undefined;

  const join = async () => {
    if (!running || !wire.connected()) return;
    const of = ++epoch;
    const answer = await wire.request('draft.join', {
      workflowId,
      ...(copy ? { stateVector: Y.encodeStateVector(copy.doc), clientId: copy.clientId } : {}),
    });
    if (of !== epoch || !running) return;
    if (answer.ok) return entered(answer);
    if (passing.has(answer.error.code) && answer.error.code !== 'forbidden') return rejoin();
    set({ phase: 'refused', readOnly: true, error: answer.error });
  };

  const entered = (answer: DraftJoined) => {
    const lost = copy !== undefined && copy.clientId !== answer.clientId;
    const denied = copy !== undefined && !answer.canEdit && copy.outbox.pending() > 0;
    if (lost || denied) {
      if (denied) set({ notice: 'Your role changed: the edits that were not saved yet are gone.' });
      return startOver(!denied);
    }
    try {
      if (copy) copy.receive([new Uint8Array(answer.update)]);
      else openFirst(answer);
    } catch {
      return startOver(false);
    }
    copy?.presence.receiveAll(new Uint8Array(answer.awareness));
    joined = true;
    const readOnly = !answer.canEdit;
    if (copy) copy.readOnly = readOnly;
    set({ copy, role: answer.role, readOnly, error: undefined, phase: 'saved', pending: 0 });
    refresh();
    schedule();
  };

  const openFirst = (answer: DraftJoined) => {
    copy = openCopy({ ...parts, answer, onLocal });
    if (!carried || !answer.canEdit) return;
    transplant(carried.doc, copy.draft, carried.touched);
    carried = undefined;
  };

  const onLocal = () => {
    if (copy?.readOnly) return startOver(false);
    refresh();
    schedule();
  };

  const listen = () => [
    wire.onStatus((connected) => {
      const reason = wire.refused();
      if (connected) {
        failures = 0;
        void join();
      } else if (reason !== undefined) {
        set({ phase: 'refused', error: { code: 'unauthenticated', message: reason } });
      } else if (joined) rejoin();
    }),
    wire.on('draft.updates', (message) => {
      if (message.workflowId !== workflowId || !copy) return;
      try {
        copy.receive(unpackUpdates(message.updates));
      } catch {
        startOver(true);
      }
    }),
    wire.on('draft.awareness', (message) => {
      if (message.workflowId === workflowId) copy?.presence.receive(fromBase64(message.update));
    }),
    wire.on('draft.reset', (message) => {
      if (message.workflowId === workflowId) rejoin(0);
    }),
  ];

  return {
    status,
    start() {
      if (running) return;
      running = true;
      stops = listen();
      void join();
    },
    stop() {
      if (!running) return;
      clearTimeout(sendTimer);
      send();
      running = false;
      epoch += 1;
      joined = false;
      clearTimeout(joinTimer);
      for (const stop of stops) stop();
      void wire.request('draft.leave', { workflowId });
      copy?.presence.stop();
      copy?.close();
      copy = undefined;
      status.set(loadingStatus);
    },
    saved() {
      if (joined && (copy?.outbox.pending() ?? 0) === 0) return Promise.resolve();
      return new Promise((resolve) => waiters.add(resolve));
    },
  };
}
