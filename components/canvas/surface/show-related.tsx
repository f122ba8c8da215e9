'use client';

import { useEffect, useMemo } from 'react';
import { useGraph, useLocal, useSession } from '@/components/session/session';
import { relatedTo } from '@/lib/canvas/related';

/** A key that is pressed in passing, as the first half of another, shows nothing. */
const pauseMs = 160;

function hoveredStep(): string | undefined {
  const card = document.querySelector('.react-flow__node-step:hover');
  return card?.getAttribute('data-id') ?? undefined;
}

const isTyping = (element: Element | null) =>
  element?.closest('input, textarea, select, [contenteditable="true"], [role="dialog"]') !== null &&
  element !== null;

/**
 * While Shift is held, what the step under the pointer, or the selected one, reads and feeds stands out. It is done by
 * a rule of style: no card renders again.
 */
export function ShowRelated() {
  const { local } = useSession();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let held = false;
    const show = (related: string | undefined) =>
      local.set((now) => (now.related === related ? now : { ...now, related }));
    const chosen = () => {
      const { nodes } = local.get();
      const [only] = nodes;
      return hoveredStep() ?? (nodes.size === 1 ? only : undefined);
    };
    const end = () => {
      clearTimeout(timer);
      held = false;
      show(undefined);
    };
    const onDown = (event: KeyboardEvent) => {
      const alone = event.key === 'Shift' && !event.ctrlKey && !event.metaKey && !event.altKey;
      if (!alone || isTyping(document.activeElement)) end();
      else if (!event.repeat) {
        clearTimeout(timer);
        timer = setTimeout(() => {
          held = true;
          show(chosen());
        }, pauseMs);
      }
    };
    const onUp = (event: KeyboardEvent) => {
      if (event.key === 'Shift') end();
    };
    const onMove = () => {
      if (held) show(chosen());
    };
    document.addEventListener('keydown', onDown);
    document.addEventListener('keyup', onUp);
    document.addEventListener('pointerover', onMove);
    document.addEventListener('pointerdown', end);
    addEventListener('blur', end);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('keydown', onDown);
      document.removeEventListener('keyup', onUp);
      document.removeEventListener('pointerover', onMove);
      document.removeEventListener('pointerdown', end);
      removeEventListener('blur', end);
    };
  }, [local]);
  const related = useLocal((now) => now.related);
  return related === undefined ? null : <Rules nodeId={related} />;
}

// Ids of elements are letters, digits, "_" and "-" alone (elementIdSchema): they need no escape in a selector.
const selectors = (kind: 'node' | 'edge', ids: Iterable<string>) =>
  [...ids].map((id) => `.react-flow__${kind}[data-id="${id}"]`).join(', ');

function Rules({ nodeId }: { nodeId: string }) {
  const graph = useGraph((now) => now);
  const css = useMemo(() => {
    const { reads, feeds, edges } = relatedTo(graph, nodeId);
    const rules = [
      '.react-flow__node, .react-flow__edge { opacity: 0.25; transition: opacity 100ms; }',
      `${selectors('node', [nodeId, ...reads, ...feeds])} { opacity: 1; }`,
      `${selectors('node', [nodeId])} { outline: 2px solid var(--accent); outline-offset: 3px; border-radius: 8px; }`,
    ];
    if (edges.size > 0) rules.push(`${selectors('edge', edges)} { opacity: 1; }`);
    const mark = (ids: Set<string>, color: string) => {
      if (ids.size === 0) return;
      rules.push(
        `${selectors('node', ids)} { outline: 2px solid var(--${color}); outline-offset: 3px; border-radius: 8px; }`,
      );
    };
    mark(reads, 'info');
    mark(feeds, 'success');
    return rules.join('\n');
  }, [graph, nodeId]);
  return (
    <>
      <style>{css}</style>
      <div
        role="status"
        className="pointer-events-none absolute top-3 left-1/2 z-30 flex -translate-x-1/2 gap-3 rounded-md border border-border-strong bg-raised px-2.5 py-1 text-xs text-muted"
      >
        <Key color="bg-info" text="reads from" />
        <Key color="bg-success" text="feeds" />
      </div>
    </>
  );
}

function Key({ color, text }: { color: string; text: string }) {
  return (
    <span className="flex items-center gap-1.5">
      <span aria-hidden className={`size-2 rounded-full ${color}`} />
      {text}
    </span>
  );
}
