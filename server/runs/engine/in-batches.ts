/** The most that is served together. */
const mostTogether = 64;

/** Something that is asked, and how it is answered. */
export type Asked<Q, R> = {
  question: Q;
  /** Its asker waits as long as it takes: only such questions share their fate with others. */
  patient: boolean;
  answer(result: R): void;
  refuse(error: unknown): void;
};

/**
 * Serves questions about the same id one lot after the other, in the order of asking, and those about others at the
 * same time: what comes while a lot is under way makes the next. `serve` answers or refuses each of its lot, and never
 * rejects.
 */
export function inLots<Q, R>(serve: (id: string, lot: Asked<Q, R>[]) => Promise<void>) {
  const queues = new Map<string, Asked<Q, R>[]>();

  const work = async (id: string, queue: Asked<Q, R>[]) => {
    while (queue.length > 0) await serve(id, takeLot(queue));
    queues.delete(id);
  };
  return (id: string, question: Q, patient: boolean): Promise<R> => {
    const { promise, resolve, reject } = Promise.withResolvers<R>();
    const asked = { question, patient, answer: resolve, refuse: reject };
    const queue = queues.get(id);
    if (queue === undefined) {
      const fresh = [asked];
      queues.set(id, fresh);
      void work(id, fresh);
    } else queue.push(asked);
    return promise;
  };
}

function takeLot<Q, R>(queue: Asked<Q, R>[]): Asked<Q, R>[] {
  const impatient = queue.findIndex((one) => !one.patient);
  const count = impatient === -1 ? queue.length : Math.max(impatient, 1);
  return queue.splice(0, Math.min(count, mostTogether));
}
