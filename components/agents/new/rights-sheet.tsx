'use client';

import { ShieldCheck } from 'lucide-react';
import { useToolsByName } from '@/components/data/tool-queries';
import { effects } from '@/components/tools/effects';
import { Button } from '@/components/ui/controls/button';
import { Badge } from '@/components/ui/display/badge';
import { Dialog } from '@/components/ui/overlays/dialog';
import { rightsOf } from '@/lib/agents/draft/rights';
import type { AgentInput } from '@/lib/agents/schema';

type Props = {
  agent: AgentInput;
  pending: boolean;
  onClose: () => void;
  onCreate: () => void;
};

/** What an agent would be able to do, before there is one. */
export function RightsSheet({ agent, pending, onClose, onCreate }: Props) {
  const found = useToolsByName(agent.tools.map(({ name }) => name));
  const { tools, says } = rightsOf(agent, found ?? []);
  const loading = found === undefined;
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={`${agent.name}: what it will be able to do`}
      footer={
        <>
          <Button onClick={onClose}>Back</Button>
          <Button
            variant="primary"
            data-autofocus
            loading={pending}
            disabled={loading}
            onClick={onCreate}
          >
            Create agent
          </Button>
        </>
      }
    >
      <div className="space-y-4 text-sm">
        {tools.length === 0 ? null : (
          <ul aria-label="Tools" className="divide-y rounded-md border">
            {tools.map(({ title, effect, asks, unavailable }) => (
              <li key={title} className="flex flex-wrap items-center gap-2 px-2.5 py-1.5">
                <span className="min-w-0 flex-1 break-words">{title}</span>
                {asks ? (
                  <span className="inline-flex items-center gap-1 text-xs text-muted">
                    <ShieldCheck aria-hidden className="size-3" /> a person approves
                  </span>
                ) : null}
                <Badge tone={effects[effect].tone} title={effects[effect].says}>
                  {effects[effect].label}
                </Badge>
                {unavailable === null ? null : (
                  <span className="w-full text-xs text-warning">{unavailable}</span>
                )}
              </li>
            ))}
          </ul>
        )}
        <ul className="list-disc space-y-1 pl-4 marker:text-faint">
          {says.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}
