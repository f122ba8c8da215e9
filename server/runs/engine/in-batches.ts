/** The largest batch. */
const maxBatch = 64;

/** Something that is waiting, and how it is answered. */
export type Waiting<T, R> = {
  item: T;
  /** Its sender waits as long as it takes: only such items share a batch with others. */
  patient: boolean;
  resolve(result: R): void;
  reject(error: unknown): void;
};

/**
 * Serves the items of one id a batch at a time, in their order, and those of other ids at the same time: what comes
 * while a batch is under way makes the next one. `serve` resolves or rejects each item of its batch, and itself never
 * rejects.
 */
export function inBatches<T, R>(serve: (id: string, batch: Waiting<T, R>[]) => Promise<void>) {
  const queues = new Map<string, Waiting<T, R>[]>();

  const work = async (id: string, queue: Waiting<T, R>[]) => {
    while (queue.length > 0) await serve(id, takeBatch(queue));
    queues.delete(id);
  };
  return (id: string, item: T, patient: boolean): Promise<R> => {
    const { promise, resolve, reject } = Promise.withResolvers<R>();
    const waiting = { item, patient, resolve, reject };
    const queue = queues.get(id);
    if (queue === undefined) {
      const fresh = [waiting];
      queues.set(id, fresh);
      void work(id, fresh);
    } else queue.push(waiting);
    return promise;
  };
}

function takeBatch<T, R>(queue: Waiting<T, R>[]): Waiting<T, R>[] {
  const impatient = queue.findIndex((one) => !one.patient);
  const count = impatient === -1 ? queue.length : Math.max(impatient, 1);
  return queue.splice(0, Math.min(count, maxBatch));
}
