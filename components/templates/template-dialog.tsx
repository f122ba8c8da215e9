'use client';

import { Globe, KeyRound, ReceiptText } from 'lucide-react';
import type { ReactNode } from 'react';
import { useCan } from '@/components/shell/actor-context';
import { useNewWorkflow } from '@/components/shell/use-new-workflow';
import { Button } from '@/components/ui/controls/button';
import { formatCost, plural } from '@/components/ui/format';
import { Dialog } from '@/components/ui/overlays/dialog';
import { referenceModel } from '@/lib/templates/needs';
import { MiniCanvas } from './mini-canvas';
import type { TemplateEntry } from './template-cards';
import { useSize } from './use-size';

type Props = { card: TemplateEntry; onClose: () => void };

/** A template up close: its picture, what a run takes, and the way to begin with it. */
export function TemplateDialog({ card: { template, definition, needs }, onClose }: Props) {
  const [frame, size] = useSize();
  const { createFrom, pending } = useNewWorkflow();
  const canEdit = useCan('workflows.edit');
  return (
    <Dialog
      open
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
      title={template.title}
      description={template.job}
      size="lg"
      footer={
        canEdit ? (
          <Button variant="primary" loading={pending} onClick={() => createFrom(definition)}>
            Use this template
          </Button>
        ) : null
      }
    >
      <div className="group/preview overflow-hidden rounded-lg border bg-bg" ref={frame}>
        {size ? (
          <MiniCanvas
            definition={definition}
            width={size.width}
            height={Math.min(340, size.width * 0.6)}
            show="cards"
          />
        ) : (
          <div className="h-[340px]" />
        )}
      </div>
      <ul className="mt-4 grid gap-x-6 gap-y-2 text-sm text-muted sm:grid-cols-2">
        <Line icon={<KeyRound aria-hidden />}>
          {needs.calls > 0
            ? 'A local model or a model key. You can rehearse it without one.'
            : 'No key needed; everything runs here.'}
        </Line>
        <Line icon={<ReceiptText aria-hidden />}>
          {plural(needs.calls, 'model call')} a run: about {formatCost(needs.costUsd)} at the list
          price of {referenceModel.id}, nothing on a local model.
        </Line>
        {needs.hosts.length > 0 ? (
          <Line icon={<Globe aria-hidden />}>
            Calls {needs.hosts.join(', ')} over the network; rehearsals use a pinned response.
          </Line>
        ) : null}
      </ul>
    </Dialog>
  );
}

function Line({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <li className="flex gap-2 [&>svg]:mt-0.5 [&>svg]:size-3.5 [&>svg]:shrink-0 [&>svg]:text-faint">
      {icon}
      <span>{children}</span>
    </li>
  );
}
