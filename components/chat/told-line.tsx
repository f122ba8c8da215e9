'use client';

import type { ComponentProps } from 'react';
import { Button } from '@/components/ui/controls/button';
import { Skeleton } from '@/components/ui/display/skeleton';
import { later } from '@/components/ui/later';
import type { CommandInputs as Inputs } from './command-inputs/command-inputs';
import type { useCommanding } from './use-commanding';

/** Few commands take inputs: the form comes with the first. */
const CommandInputs = later<ComponentProps<typeof Inputs>>(
  () => import('./command-inputs/command-inputs').then((found) => found.CommandInputs),
  () => <Skeleton className="h-16 w-full rounded-md" />,
);

/** What a command would do, or what is wrong with it: above the line, which can still be changed. */
export function ToldLine({ commanding }: { commanding: ReturnType<typeof useCommanding> }) {
  const { told, pending, send, dismiss } = commanding;
  if (told === undefined) return null;
  if (told.inputs !== undefined) {
    return (
      <CommandInputs
        // Another line begins with its own values.
        key={told.line}
        says={told.says}
        inputs={told.inputs}
        pending={pending}
        onDone={(input) => void send(input)}
        onCancel={dismiss}
      />
    );
  }
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-2 border-b px-3 py-2 text-sm text-muted"
    >
      <span className={told.confirm ? 'min-w-0 flex-1 text-fg' : 'min-w-0 flex-1 text-danger'}>
        {told.says}
        {told.confirm ? ' Change the line, or press Enter again.' : ''}
      </span>
      {told.confirm ? (
        <>
          <Button size="sm" variant="ghost" onClick={dismiss}>
            Cancel
          </Button>
          <Button size="sm" variant="primary" loading={pending} onClick={() => void send()}>
            Do it
          </Button>
        </>
      ) : null}
    </div>
  );
}
