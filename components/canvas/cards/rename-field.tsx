'use client';

import { useEffect, useRef, useState } from 'react';
import { useSession } from '@/components/session/session';
import { cn } from '@/components/ui/cn';
import { workflowLimits } from '@/lib/workflows/schema';

type RenameFieldProps = {
  name: string;
  label: string;
  className: string;
  /** Called once, with a name that differs; it may be empty. */
  onRename: (name: string) => void;
};

/** Renames a step where it stands; an empty name changes nothing. */
export function RenameStep({ nodeId, name }: { nodeId: string; name: string }) {
  const { actions } = useSession();
  return (
    <RenameField
      name={name}
      label="Step name"
      className="h-5 w-full"
      onRename={(next) => {
        if (next.trim()) actions.rename(nodeId, next.trim());
      }}
    />
  );
}

/** Renames a step or a group where it stands: Enter keeps, Escape drops. */
export function RenameField({ name, label, className, onRename }: RenameFieldProps) {
  const { actions } = useSession();
  const [value, setValue] = useState(name);
  const input = useRef<HTMLInputElement>(null);
  const done = useRef(false);
  useEffect(() => {
    // React Flow moves the focus to the node on the click that opened this: take it afterwards.
    const frame = requestAnimationFrame(() => input.current?.select());
    return () => cancelAnimationFrame(frame);
  }, []);
  const close = (commit: boolean) => {
    if (done.current) return;
    done.current = true;
    actions.stopRenaming();
    if (commit && value.trim() !== name) onRename(value);
  };
  return (
    <input
      ref={input}
      value={value}
      aria-label={label}
      maxLength={workflowLimits.nameLength}
      onChange={(event) => setValue(event.target.value)}
      onBlur={() => close(true)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') close(true);
        if (event.key === 'Escape') close(false);
      }}
      className={cn(
        'nodrag nopan -ml-1 rounded-sm bg-bg px-1 text-sm font-medium outline-1 outline-accent',
        className,
      )}
    />
  );
}
