/** Lets work for the same id happen one after the other, in the order of asking, and for others at the same time. */
export function oneAtATime() {
  const tails = new Map<string, Promise<unknown>>();
  return <T>(id: string, work: () => Promise<T>): Promise<T> => {
    const before = tails.get(id);
    const result = before === undefined ? work() : before.then(work, work);
    tails.set(id, result);
    const forget = () => {
      if (tails.get(id) === result) tails.delete(id);
    };
    result.then(forget, forget);
    return result;
  };
}
