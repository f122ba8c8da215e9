'use client';

import { useEffect } from 'react';
import { useWorkflows } from '@/components/data/queries';
import { Select } from '@/components/ui/select';
import type { ControlProps } from './control-props';
import { useFormHost } from './host';

/** Chooses a workflow of the workspace; one that is gone stays visible, one that is not published cannot be chosen. */
export function WorkflowPicker({ field, value, path, id, noteId, invalid }: ControlProps) {
  const host = useFormHost();
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage } = useWorkflows();
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const chosen = typeof value === 'string' && value !== '' ? value : undefined;
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  const options = items.map(({ id: workflowId, name, liveVersion }) => ({
    value: workflowId,
    label: name,
    hint: liveVersion === null ? 'not published' : `version ${liveVersion}`,
    disabled: liveVersion === null && workflowId !== chosen,
  }));
  const known = chosen === undefined || items.some((workflow) => workflow.id === chosen);
  const loading = isPending || hasNextPage;
  return (
    <Select
      id={id}
      aria-label={field.title}
      aria-describedby={noteId}
      aria-invalid={invalid || undefined}
      value={chosen}
      placeholder={placeholderOf({ loading, failed: error !== null, none: items.length === 0 })}
      disabled={host.readOnly || (options.length === 0 && known)}
      onValueChange={(next) => host.set(path, next)}
      options={
        known
          ? options
          : [
              {
                value: chosen,
                label: loading ? 'Loading…' : 'A workflow that is not here',
                hint: chosen.slice(0, 8),
              },
              ...options,
            ]
      }
    />
  );
}

function placeholderOf({ loading, failed, none }: Record<'loading' | 'failed' | 'none', boolean>) {
  if (failed) return 'The workflows could not be loaded';
  if (loading) return 'Loading…';
  return none ? 'There are no workflows yet' : 'Choose a workflow…';
}
