'use client';

import { ChevronDown } from 'lucide-react';
import { useId, useState } from 'react';
import { isAt, useFormHost } from '@/components/form/host';
import { cn } from '@/components/ui/cn';
import { fieldStyles } from '@/components/ui/controls/input';
import { Label } from '@/components/ui/label';
import { Popover } from '@/components/ui/overlays/popover';
import type { ResultOf } from '@/lib/api/define-route';
import type { getOperation } from '@/lib/services/contract';
import { OperationSearch } from './operation-search';
import { useChooseOperation } from './use-choose-operation';

type Props = {
  config: Record<string, unknown>;
  found: ResultOf<typeof getOperation> | undefined;
};

/** Chooses the service and its operation, found in one list. */
export function OperationField({ config, found }: Props) {
  const host = useFormHost();
  const id = useId();
  const [open, setOpen] = useState(false);
  const choose = useChooseOperation(config);
  const service = String(config.service ?? '');
  const operation = String(config.operation ?? '');
  const chosen = service !== '' || operation !== '';
  const problem = host.problems.find(
    (one) => isAt(one, ['service'], ['service']) || isAt(one, ['operation'], ['operation']),
  );
  const label = found
    ? `${found.service.name} · ${found.operation.title}`
    : `${service.replace(/^ready:/, '')} · ${operation}`;
  return (
    <div data-field="service" className="min-w-0">
      <Label htmlFor={id} className="mb-1.5 h-4">
        Operation
      </Label>
      <div data-field="operation">
        <Popover
          label="Operation"
          open={open}
          onOpenChange={setOpen}
          className="w-(--radix-popover-trigger-width) min-w-80 p-0"
          trigger={
            <button
              type="button"
              id={id}
              role="combobox"
              aria-expanded={open}
              aria-label="Operation"
              aria-describedby={problem ? `${id}-note` : undefined}
              aria-invalid={problem?.severity === 'error' || undefined}
              disabled={host.readOnly}
              className={cn(
                fieldStyles,
                'inline-flex h-8 items-center justify-between gap-2 px-2.5 text-left',
              )}
            >
              <span className={cn('min-w-0 truncate', !chosen && 'text-faint')}>
                {chosen ? label : 'Choose what to call…'}
              </span>
              <ChevronDown className="size-3.5 shrink-0 text-faint" aria-hidden />
            </button>
          }
        >
          <OperationSearch
            chosen={{ service, operation }}
            onChoose={(next) => {
              choose.mutate(next);
              setOpen(false);
            }}
          />
        </Popover>
      </div>
      {problem ? (
        <p
          id={`${id}-note`}
          role="alert"
          className={cn(
            'mt-1 text-xs',
            problem.severity === 'error' ? 'text-danger' : 'text-warning',
          )}
        >
          {problem.message}
        </p>
      ) : null}
      {choose.error ? (
        <p role="alert" className="mt-1 text-xs text-danger">
          {choose.error.message} Nothing was changed.
        </p>
      ) : null}
    </div>
  );
}
