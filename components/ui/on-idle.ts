/** Calls `work` when the page has nothing else to do, after `latestMs` at the latest; the answer takes it back. */
export function onIdle(work: () => void, latestMs: number): () => void {
  // Safari has no idle callbacks.
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(work, 50);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(work, { timeout: latestMs });
  return () => cancelIdleCallback(handle);
}
