import { toBase64 } from 'lib0/buffer';
import { ApiError, call } from '@/components/data/call';
import { createObservable, type Observable } from '@/components/observable/observable';
import type { Fork } from '@/components/realtime/fork';
import { createSuggestion, updateSuggestion } from '@/lib/suggestions/contract';
import type { SuggestionView } from '@/lib/suggestions/schema';
import type { StoredUnsaved, UnsavedStore } from './unsaved';

export type SaverState = {
  /** `waiting`: the connection is away, it is tried again; `refused`: the server does not take it, see `error`. */
  phase: 'saved' | 'saving' | 'waiting' | 'refused';
  /** Absent until the first edit is saved. */
  suggestion?: SuggestionView;
  error?: string;
  /** Not even this browser could store it: it lives as long as the tab. */
  unstored?: boolean;
};

/** Refusals after which nothing of it can be saved as this suggestion. */
const final = new Set(['forbidden', 'not_found', 'already_finished']);

const pauseMs = 600;
const againMs = 3_000;
/** Requests that outlive the page may carry this much, in characters of the body. */
const maxKeepalive = 60_000;

/** Saves a growing suggestion on the server: one request at a time, each with all of it. */
export class SuggestionSaver {
  readonly state: Observable<SaverState>;
  readonly #state = createObservable<SaverState>({ phase: 'saved' });
  readonly #workflowId: string;
  readonly #unsaved: UnsavedStore;
  readonly #onLost: (held: Uint8Array, code: string) => void;
  #fork: Fork | undefined;
  /** What tabs left in the browser, until the server has it. */
  readonly #found: StoredUnsaved[] = [];
  #dirty = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | undefined;

  constructor(
    workflowId: string,
    unsaved: UnsavedStore,
    /** Called when the server refuses for good: the held edits have to be stored elsewhere. */
    onLost: (held: Uint8Array, code: string) => void,
    suggestion?: SuggestionView,
  ) {
    this.#onLost = onLost;
    this.state = this.#state;
    this.#unsaved = unsaved;
    this.#workflowId = workflowId;
    if (suggestion) this.#set({ suggestion });
  }

  /** Saves the edits of this fork from now on; `found` is in it, and the server lacks it. The function ends it. */
  follow(fork: Fork, found: readonly StoredUnsaved[] = []): () => void {
    this.#fork = fork;
    this.#found.push(...found);
    const onEdit = () => {
      this.#dirty = true;
      this.#store();
      this.#set({ phase: 'saving' });
      this.#schedule(pauseMs);
    };
    const stop = fork.onEdit(onEdit);
    if (found.length > 0) onEdit();
    const leave = () => {
      if (this.#dirty) this.#store();
      void this.flush(true);
    };
    addEventListener('pagehide', leave);
    return () => {
      removeEventListener('pagehide', leave);
      stop();
    };
  }

  /** Saves what waits; resolves when nothing waits any more, or it could not be saved. */
  async flush(leaving = false): Promise<void> {
    clearTimeout(this.#timer);
    await this.#running;
    if (!this.#dirty) return;
    this.#running = this.#save(leaving).finally(() => {
      this.#running = undefined;
    });
    await this.#running;
  }

  stop(): void {
    clearTimeout(this.#timer);
    if (this.#dirty) this.#store();
    void this.flush();
  }

  /** In this browser, until the server has it. */
  #store(): void {
    const held = this.#fork?.held();
    const suggestionId = this.#state.get().suggestion?.id;
    if (held) this.#set({ unstored: !this.#unsaved.set({ suggestionId, held }) });
  }

  #set(change: Partial<SaverState>): void {
    this.#state.set({ ...this.#state.get(), ...change });
  }

  #schedule(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), ms);
  }

  async #save(leaving: boolean): Promise<void> {
    const held = this.#fork?.held();
    if (!held) return;
    this.#dirty = false;
    this.#store();
    try {
      const suggestion = await this.#send(toBase64(held), leaving);
      this.#set({ suggestion, phase: this.#dirty ? 'saving' : 'saved', error: undefined });
      if (this.#dirty) this.#schedule(pauseMs);
      else {
        this.#unsaved.set(undefined);
        this.#unsaved.forget(this.#found.splice(0));
      }
    } catch (error) {
      this.#dirty = true;
      const passing = !ApiError.isInstance(error) || error.status === 0 || error.status >= 500;
      // The draft on the server may lag behind this copy: what is not there yet will be.
      const again = passing || error.code === 'conflict';
      if (!again && final.has(error.code)) this.#onLost(held, error.code);
      this.#set({
        phase: again ? 'waiting' : 'refused',
        error: error instanceof Error ? error.message : undefined,
      });
      if (again) this.#schedule(againMs);
    }
  }

  #send(update: string, leaving: boolean): Promise<SuggestionView> {
    const { suggestion } = this.#state.get();
    const keepalive = leaving && update.length < maxKeepalive;
    const params = { id: this.#workflowId };
    return suggestion
      ? call(
          updateSuggestion,
          { params: { ...params, suggestionId: suggestion.id }, body: { update } },
          { keepalive },
        )
      : call(createSuggestion, { params, body: { update, status: 'draft' } }, { keepalive });
  }
}
