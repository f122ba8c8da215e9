/** Calls `send` at most once per `interval` milliseconds, with the latest value; the last one always arrives. */
export function throttle<Value>(interval: number, send: (value: Value) => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting: { value: Value } | undefined;
  const tick = () => {
    timer = undefined;
    if (!waiting) return;
    const { value } = waiting;
    waiting = undefined;
    timer = setTimeout(tick, interval);
    send(value);
  };
  return {
    call(value: Value) {
      waiting = { value };
      if (!timer) tick();
    },
    /** Forgets what was not sent yet. */
    cancel() {
      clearTimeout(timer);
      timer = undefined;
      waiting = undefined;
    },
  };
}
