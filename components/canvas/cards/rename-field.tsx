'use client';

import { useEffect, useRef, useState } from 'react';
import { useSession } from '@/components/session/session';
import { workflowLimits } from '@/lib/workflows/schema';

/** Renames a step where it stands: Enter keeps, Escape drops. */
export function RenameField({ nodeId, name }: { nodeId: string; name: string }) {
  const session = useSession();
  const [value, setValue] = useState(name);
  const input = useRef<HTMLInputElement>(null);
  const done = useRef(false);
  useEffect(() => {
    // React Flow moves the focus to the node on the click that opened this: take it afterwards.
    const frame = requestAnimationFrame(() => input.current?.select());
    return () => cancelAnimationFrame(frame);
  }, []);
  const close = (keep: boolean) => {
    if (done.current) return;
    done.current = true;
    session.actions.stopRenaming();
    const next = value.trim();
    if (keep && next && next !== name) session.actions.rename(nodeId, next);
  };
  return (
    <input
      ref={input}
      value={value}
      aria-label="Step name"
      maxLength={workflowLimits.nameLength}
      onChange={(event) => setValue(event.target.value)}
      onBlur={() => close(true)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') close(true);
        if (event.key === 'Escape') close(false);
      }}
      className="nodrag nopan -ml-1 h-5 w-full rounded-sm bg-bg px-1 text-sm font-medium outline-1 outline-accent"
    />
  );
}
