import { useEffect, useRef } from 'react';
import type { Session } from '@/components/session/session';

/** Address of a step: opening it shows the workflow with the step selected and in sight. */
export function linkToStep(nodeId: string): string {
  const url = new URL(location.href);
  url.search = '';
  url.hash = '';
  url.searchParams.set('node', nodeId);
  return url.href;
}

/** Jumps to the step that the page's address names, once. */
export function useLinkedStep(session: Session): void {
  const done = useRef(false);
  useEffect(() => {
    if (done.current) return undefined;
    const wanted = new URLSearchParams(location.search).get('node');
    if (!wanted || !session.graph.get().nodes.has(wanted)) return undefined;
    // Two frames: the canvas has been measured and has its first view then.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        done.current = true;
        session.jumpTo([wanted]);
      });
    });
    return () => cancelAnimationFrame(frame);
  }, [session]);
}
