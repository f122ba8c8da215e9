import { fromBase64, toBase64 } from 'lib0/buffer';
import * as Y from 'yjs';
import { createObservable, type Observable } from '@/components/observable/observable';
import type { DraftJoined, DraftLock, Refusal, ServerMessages } from '@/lib/realtime/messages';
import { unpackUpdates } from '@/lib/realtime/pack';
import type { DraftCatalogue } from '@/lib/workflows/draft/draft-shape';
import { type OpenCopy, openCopy } from '../draft-copy';
import { type DraftNotice, type DraftStatus, loadingStatus } from '../draft-status';
import { type EarlyJoin, type EarlyMessage, heard } from '../early-join';
import type { OfflineStore } from '../offline-store/offline-store';
import type { RejectedEdits, RejectReason } from '../offline-store/rejected';
import { roleChanged } from '../offline-store/take-in';
import { UnsavedEdits } from '../offline-store/unsaved-edits';
import type { StoredEdit } from '../stored-edit';
import type { Wire } from '../wire';

export type DraftConnectionParts = {
  wire: Wire;
  workflowId: string;
  catalogue: DraftCatalogue;
  /** Where edits wait on disk until the server has them; absent: they live as long as the tab. */
  keep?: OfflineStore;
  /** Who looks: whose edits on the disk are shown where the server lets nobody in. */
  userId?: string | undefined;
  /** A join that is on its way already; it is taken once. */
  early?: () => EarlyJoin | undefined;
};

/** Local edits of this time travel together. */
const batchMs = 22;
/** Messages on their way at once: more only lengthen the queue of a slow network. */
const maxInFlight = 4;
const rejoinMs = [100, 500, 1_000, 2_000, 3_000];
/** Gaps in a row after which the copy itself must be wrong. */
const maxGaps = 3;
/** Attempts to make edits again on a new copy without one being accepted; then they are rejected. */
const maxCarries = 3;
/** Refusals for which the same message may succeed later. */
const passing = new Set(['resync', 'unavailable', 'too_many_requests', 'internal', 'forbidden']);

/** Keeps one copy of a workflow's shared document in step with the server, through lost connections and refusals. */
export class DraftConnection {
  readonly status: Observable<DraftStatus>;
  /** Who alone may change what just now; ended ones are not in it. */
  readonly locks: Observable<readonly DraftLock[]>;
  /** The last thing that the server said to everybody in the draft. */
  readonly notice: Observable<DraftNotice | undefined>;
  readonly #parts: DraftConnectionParts;
  readonly #status = createObservable<DraftStatus>(loadingStatus);
  readonly #locks = createObservable<readonly DraftLock[]>([]);
  readonly #notice = createObservable<DraftNotice | undefined>(undefined);
  #copy: OpenCopy | undefined;
  readonly #unsaved: UnsavedEdits;
  /** What others sent since the join that opens the first copy: its answer does not hold it. */
  #early: ServerMessages['draft.updates'][] = [];
  #running = false;
  #joined = false;
  /** Counts joins: an answer to an earlier one is void. */
  #epoch = 0;
  #failures = 0;
  #gaps = 0;
  #carries = 0;
  #inFlight = 0;
  #sentAt = 0;
  #sendTimer: ReturnType<typeof setTimeout> | undefined;
  #joinTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #waiters = new Set<() => void>();
  #stops: (() => void)[] = [];

  constructor(parts: DraftConnectionParts) {
    this.#parts = parts;
    this.#unsaved = new UnsavedEdits(parts.workflowId, parts.keep);
    this.status = this.#status;
    this.locks = this.#locks;
    this.notice = this.#notice;
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.#stops = this.#listen();
    void this.#join();
  }

  /** Sends what waits, leaves, and forgets the copy. */
  stop(): void {
    if (!this.#running) return;
    this.flush();
    this.#running = false;
    this.#joined = false;
    this.#epoch += 1;
    clearTimeout(this.#joinTimer);
    for (const stop of this.#stops) stop();
    void this.#parts.wire.request('draft.leave', { workflowId: this.#parts.workflowId });
    this.#copy?.presence.stop();
    this.#copy?.close();
    this.#copy = undefined;
    this.#unsaved.close();
    this.#status.set(loadingStatus);
  }

  /** Makes rejected edits again on the current draft. Gives the reason when that is not possible. */
  makeAgain(rejection: RejectedEdits): string | undefined {
    const copy = this.#copy;
    if (!copy) return 'The workflow is not open.';
    const impossible = this.#unsaved.makeAgain(rejection, copy, this.#locks.get());
    this.#refresh();
    this.#schedule();
    return impossible;
  }

  /** Asks again for a draft that was refused: what was in the way may be over. */
  reopen(): void {
    if (this.#running && this.#status.get().phase === 'refused') this.#rejoin(0);
  }

  /** Sends what waits without waiting for more: before the page goes away. */
  flush(): void {
    clearTimeout(this.#sendTimer);
    this.#send();
  }

  /** Resolves when the server has committed every edit made so far. */
  saved(): Promise<void> {
    if (this.#joined && this.#pending() === 0) return Promise.resolve();
    return new Promise((resolve) => this.#waiters.add(resolve));
  }

  #pending(): number {
    return this.#copy?.outbox.pending() ?? 0;
  }

  #set(change: Partial<DraftStatus>): void {
    this.#status.set({ ...this.#status.get(), ...change });
  }

  #refresh(): void {
    const pending = this.#pending();
    const now = this.#status.get();
    if (now.phase !== 'refused' && this.#copy) {
      const phase = !this.#joined ? 'offline' : pending > 0 ? 'saving' : 'saved';
      if (phase !== now.phase || pending !== now.pending) this.#set({ phase, pending });
    }
    if (pending > 0 || !this.#joined) return;
    for (const resolve of this.#waiters) resolve();
    this.#waiters.clear();
  }

  #listen(): (() => void)[] {
    const { wire } = this.#parts;
    return [
      wire.onStatus((connected) => this.#onStatus(connected)),
      ...heard.map((name) =>
        wire.on(name, (message) => this.#hear({ name, message } as EarlyMessage)),
      ),
    ];
  }

  #hear({ name, message }: EarlyMessage): void {
    if (message.workflowId !== this.#parts.workflowId) return;
    if (name === 'draft.updates') this.#onUpdates(message);
    else if (name === 'draft.awareness') this.#copy?.presence.receive(fromBase64(message.update));
    else if (name === 'draft.locks') this.#locks.set(message.locks);
    else if (name === 'draft.reset') this.#rejoin(0);
    else {
      const number = (this.#notice.get()?.number ?? 0) + 1;
      this.#notice.set({ number, text: message.text, nodeIds: message.nodeIds });
    }
  }

  #onStatus(connected: boolean): void {
    const reason = this.#parts.wire.refused();
    if (connected) {
      this.#failures = 0;
      void this.#join();
    } else if (reason !== undefined) {
      this.#lose();
      this.#set({ phase: 'refused', error: { code: 'unauthenticated', message: reason } });
    } else this.#lose();
  }

  #onUpdates(message: ServerMessages['draft.updates']): void {
    if (!this.#copy) {
      this.#early.push(message);
      return;
    }
    try {
      this.#copy.receive(unpackUpdates(message.updates), message.by);
    } catch {
      this.#startOver(true);
      return;
    }
    // Something before it never came: Yjs holds it back, and everything that follows, until the rest is there.
    const { pendingStructs, pendingDs } = this.#copy.doc.store;
    if (this.#joined && (pendingStructs ?? pendingDs) !== null) this.#rejoin();
  }

  #schedule(): void {
    if (!this.#joined || this.#sendTimer !== undefined || this.#inFlight >= maxInFlight) return;
    if (!this.#copy || this.#copy.outbox.waiting() === 0) return;
    const wait = Math.max(0, this.#sentAt + batchMs - Date.now());
    this.#sendTimer = setTimeout(() => this.#send(), wait);
  }

  #send(): void {
    this.#sendTimer = undefined;
    const copy = this.#copy;
    const batch = this.#joined ? copy?.outbox.take() : undefined;
    if (!batch || !copy) return;
    const epoch = this.#epoch;
    this.#sentAt = Date.now();
    this.#inFlight += 1;
    const { wire, workflowId } = this.#parts;
    const { origin } = batch;
    const message = { workflowId, update: toBase64(batch.update), ...(origin && { origin }) };
    void wire.request('draft.update', message).then((answer) => {
      if (epoch !== this.#epoch) return;
      this.#inFlight -= 1;
      if (!answer.ok) {
        this.#refused(answer);
        return;
      }
      this.#failures = 0;
      this.#gaps = 0;
      this.#carries = 0;
      copy.outbox.done(batch);
      if (this.#pending() === 0) this.#unsaved.saved(copy);
      this.#refresh();
      this.#schedule();
    });
    this.#schedule();
  }

  /** The server did not take an update: join again, and send it once more, do it again on a new copy, or keep it as a rejected edit. */
  #refused({ error }: Refusal): void {
    const { code } = error;
    if (code === 'resync' || code === 'forbidden') this.#gaps += 1;
    const again = code === 'locked' || this.#gaps > maxGaps;
    if (again && this.#carries < maxCarries) {
      // What is not locked is done again on top of the server's state; see takeIn.
      this.#gaps = 0;
      this.#carries += 1;
      this.#startOver(true);
    } else if (!again && passing.has(code)) {
      // At once the first time, then with growing pauses while the server refuses.
      const atOnce = code === 'resync' || code === 'forbidden';
      this.#rejoin(atOnce && this.#failures === 0 ? 0 : undefined);
    } else {
      this.#gaps = 0;
      this.#carries = 0;
      this.#reject({ code: 'refused', words: error.message });
      this.#startOver(false);
    }
  }

  #reject(why: RejectReason): void {
    if (this.#copy) this.#unsaved.reject(this.#copy, why);
  }

  /** What is on its way is void; it waits to be sent again. */
  #lose(): void {
    this.#epoch += 1;
    this.#joined = false;
    this.#inFlight = 0;
    clearTimeout(this.#sendTimer);
    this.#sendTimer = undefined;
    this.#copy?.outbox.failed();
    this.#refresh();
  }

  #rejoin(delay?: number): void {
    this.#lose();
    clearTimeout(this.#joinTimer);
    const wait = delay ?? rejoinMs[Math.min(this.#failures, rejoinMs.length - 1)];
    this.#failures += 1;
    this.#joinTimer = setTimeout(() => void this.#join(), wait);
  }

  /** Takes the server's state as it is; with `carry`, what this person changed since is done again on top of it. */
  #startOver(carry: boolean): void {
    this.#unsaved.end(this.#endCopy(), carry);
    this.#rejoin(0);
  }

  #endCopy(): OpenCopy | undefined {
    const copy = this.#copy;
    this.#copy = undefined;
    copy?.presence.stop();
    copy?.close();
    return copy;
  }

  async #join(): Promise<void> {
    const { wire, workflowId } = this.#parts;
    if (!this.#running || !wire.connected()) return;
    this.#epoch += 1;
    const epoch = this.#epoch;
    const copy = this.#copy;
    this.#early = [];
    const early = copy ? undefined : this.#parts.early?.();
    const missed = early?.take() ?? [];
    for (const said of missed) if (said.name === 'draft.updates') this.#hear(said);
    const answer = await (early?.answer ??
      wire.request('draft.join', {
        workflowId,
        ...(copy ? { stateVector: Y.encodeStateVector(copy.doc), clientId: copy.clientId } : {}),
      }));
    if (epoch !== this.#epoch || !this.#running) return;
    if (!answer.ok) {
      if (passing.has(answer.error.code)) this.#rejoin();
      else await this.#shutOut(answer.error);
      return;
    }
    // What an ended tab could not send is sent first, under its own ids.
    await this.#unsaved.readOrphaned(answer.userId);
    if (epoch !== this.#epoch || !this.#running) return;
    this.#entered(answer);
    for (const said of missed) if (said.name !== 'draft.updates') this.#hear(said);
  }

  /** The workflow is not open to this person: it stays on the screen as it is. */
  async #shutOut(error: Refusal['error']): Promise<void> {
    const userId = this.#copy?.userId ?? this.#parts.userId;
    // Who signs in again goes on; a workflow that is gone stays so.
    if (error.code === 'not_found') {
      this.#reject(gone);
      const copy = this.#endCopy();
      if (copy) copy.readOnly = true;
      this.#unsaved.end(copy, false);
      if (userId !== undefined) await this.#unsaved.rejectAll(userId, gone);
    }
    this.#set({ phase: 'refused', readOnly: true, pending: this.#pending(), error });
  }

  #entered(answer: DraftJoined): void {
    const before = this.#copy;
    try {
      if (before) before.receive([new Uint8Array(answer.update)]);
      else this.#open(answer);
      if (before && !answer.canEdit && this.#pending() > 0) {
        this.#reject(roleChanged(answer.role));
        this.#startOver(false);
        return;
      }
      if (before && before.clientId !== answer.clientId) {
        this.#startOver(true);
        return;
      }
      if (this.#copy) this.#unsaved.takeIn(this.#copy, answer);
    } catch {
      this.#reject({ code: 'refused', words: 'the draft could not be read' });
      this.#startOver(false);
      return;
    }
    this.#joined = true;
    for (const message of this.#early.splice(0)) this.#onUpdates(message);
    if (this.#joined) this.#openCopy(answer);
  }

  #openCopy(answer: DraftJoined): void {
    const copy = this.#copy;
    if (!copy) return;
    copy.presence.receiveAll(new Uint8Array(answer.awareness));
    copy.readOnly = !answer.canEdit;
    this.#locks.set(answer.locks);
    const phase = this.#pending() > 0 ? 'saving' : 'saved';
    const { role } = answer;
    this.#set({ copy, role, readOnly: copy.readOnly, error: undefined, phase });
    this.#refresh();
    this.#schedule();
  }

  #open(answer: DraftJoined): void {
    this.#copy = openCopy({ ...this.#parts, answer, onLocal: (edit) => this.#onLocal(edit) });
    this.#unsaved.open(answer);
  }

  #onLocal(edit: StoredEdit): void {
    const copy = this.#copy;
    if (!copy || !this.#unsaved.add(edit, copy, this.#joined)) return;
    if (copy.readOnly) {
      this.#reject(roleChanged(this.#status.get().role ?? 'viewer'));
      this.#startOver(false);
      return;
    }
    this.#refresh();
    this.#schedule();
  }
}

const gone: RejectReason = {
  code: 'gone',
  words: 'the workflow was deleted, or you no longer have access',
};
