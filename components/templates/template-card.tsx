'use client';

import { plural } from '@/components/ui/format';
import { MiniCanvas } from './mini-canvas';
import type { TemplateEntry } from './template-cards';
import { useSize } from './use-size';

type Props = { card: TemplateEntry; onOpen: (name: string) => void };

/** One template in the gallery: its picture, its job, and what it takes. */
export function TemplateCard({ card: { template, definition, needs }, onOpen }: Props) {
  const [frame, size] = useSize();
  return (
    <li>
      <button
        type="button"
        onClick={() => onOpen(template.name)}
        className="group/preview flex h-full w-full flex-col overflow-hidden rounded-lg border bg-surface text-left transition-colors duration-100 hover:border-border-strong"
      >
        <span ref={frame} className="block h-36 w-full border-b bg-bg">
          {size ? <MiniCanvas definition={definition} width={size.width} height={143} /> : null}
        </span>
        <span className="flex flex-1 flex-col gap-1 p-3">
          <span className="font-medium">{template.title}</span>
          <span className="line-clamp-3 text-sm text-muted">{template.job}</span>
          <span className="mt-auto pt-2 text-xs text-faint tabular">
            {template.area} · {plural(definition.nodes.length, 'step')} ·{' '}
            {plural(needs.calls, 'model call')}
          </span>
        </span>
      </button>
    </li>
  );
}
