/** A worker on a machine whose clock is ten minutes ahead. */
const aheadMs = 10 * 60_000;
const Right = Date;
const now = () => Right.now() + aheadMs;
globalThis.Date = new Proxy(Right, {
  construct: (target, given, self) =>
    Reflect.construct(target, given.length ? given : [now()], self),
  apply: () => new Right(now()).toString(),
  get: (target, key, self) => (key === 'now' ? now : Reflect.get(target, key, self)),
});
await import('@/server/main/worker');

export {};
