'use client';

import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { type RunFilters, useWorkflows } from '@/components/data/queries';
import { StatusText } from '@/components/runs/run-marks';
import { Button } from '@/components/ui/controls/button';
import { Select } from '@/components/ui/controls/select';
import {
  type RunMode,
  type RunStatus,
  type RunTrigger,
  runModes,
  runStatuses,
  runTriggers,
} from '@/lib/runs/schema';

const names = ['status', 'workflowId', 'trigger', 'mode'] as const;
const every = 'every';

function oneOf<Value extends string>(
  value: string | null,
  of: readonly Value[],
): Value | undefined {
  return of.find((each) => each === value);
}

/** The filters of the run list as the address holds them; what it does not know is left out. */
export function useRunFilters(): RunFilters {
  const params = useSearchParams();
  const workflowId = params.get('workflowId');
  return {
    status: oneOf(params.get('status'), runStatuses),
    trigger: oneOf(params.get('trigger'), runTriggers),
    mode: oneOf(params.get('mode'), runModes),
    workflowId: workflowId && /^[0-9a-f-]{36}$/i.test(workflowId) ? workflowId : undefined,
  };
}

const triggerNames: Record<RunTrigger, string> = {
  manual: 'Manual',
  api: 'API',
  chat: 'Chat',
  schedule: 'Schedule',
  webhook: 'Webhook',
  form: 'Form',
  mail: 'Email',
  message: 'Message',
  try: 'Try',
  step: 'Step',
};
const modeNames: Record<RunMode, string> = { live: 'Live', rehearsal: 'Rehearsal' };

/** Status, workflow, trigger and mode; the address keeps them. */
export function RunFilterBar() {
  const filters = useRunFilters();
  const params = useSearchParams();
  const router = useRouter();
  const pathname = usePathname();
  const workflows = useWorkflows();
  const set = (name: string, value: string) => {
    const next = new URLSearchParams(params);
    if (value === every) next.delete(name);
    else next.set(name, value);
    router.replace(`${pathname}${next.size > 0 ? `?${next}` : ''}`, { scroll: false });
  };
  const filtered = names.some((name) => filters[name]);
  return (
    <div className="flex flex-wrap items-center gap-2 border-b px-4 py-2">
      <Select
        size="sm"
        aria-label="Status"
        className="w-36"
        value={filters.status ?? every}
        onValueChange={(value) => set('status', value)}
        options={[
          { value: every, label: 'All statuses' },
          ...runStatuses.map((status: RunStatus) => ({
            value: status,
            label: <StatusText status={status} />,
          })),
        ]}
      />
      <Select
        size="sm"
        aria-label="Workflow"
        className="w-48"
        value={filters.workflowId ?? every}
        onValueChange={(value) => set('workflowId', value)}
        options={[
          { value: every, label: 'All workflows' },
          ...(workflows.data?.pages ?? [])
            .flatMap((page) => page.items)
            .map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <Select
        size="sm"
        aria-label="Trigger"
        className="w-32"
        value={filters.trigger ?? every}
        onValueChange={(value) => set('trigger', value)}
        options={[
          { value: every, label: 'All triggers' },
          ...runTriggers.map((value) => ({ value, label: triggerNames[value] })),
        ]}
      />
      <Select
        size="sm"
        aria-label="Mode"
        className="w-32"
        value={filters.mode ?? every}
        onValueChange={(value) => set('mode', value)}
        options={[
          { value: every, label: 'Live and test' },
          ...runModes.map((value) => ({ value, label: modeNames[value] })),
        ]}
      />
      {filtered ? (
        <Button size="sm" variant="ghost" onClick={() => router.replace(pathname)}>
          Clear
        </Button>
      ) : null}
    </div>
  );
}
