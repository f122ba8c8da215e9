'use client';

import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { useTools } from '@/components/data/tool-queries';
import { effects } from '@/components/tools/effects';
import { ToolMenu } from '@/components/tools/tool-menu';
import { cn } from '@/components/ui/cn';
import { fieldStyles } from '@/components/ui/controls/input';
import { Badge } from '@/components/ui/display/badge';
import { Popover } from '@/components/ui/overlays/popover';
import type { ControlProps } from './control-props';
import { useFormHost } from './host';

/** Chooses a tool by its name; a name that none has stays visible. */
export function ToolPicker({ field, value, path, id, noteId, invalid }: ControlProps) {
  const host = useFormHost();
  const [open, setOpen] = useState(false);
  const chosen = typeof value === 'string' && value !== '' ? value : undefined;
  const { data } = useTools({ names: chosen ?? '' }, { enabled: chosen !== undefined });
  const found = data?.items.find(({ name }) => name === chosen);
  const lost = chosen !== undefined && data !== undefined && found === undefined;
  return (
    <>
      <Popover
        label={field.title}
        open={open}
        onOpenChange={setOpen}
        className="w-(--radix-popover-trigger-width) min-w-80 p-0"
        trigger={
          <button
            type="button"
            id={id}
            role="combobox"
            aria-expanded={open}
            aria-label={field.title}
            aria-describedby={noteId}
            aria-invalid={invalid || undefined}
            disabled={host.readOnly}
            className={cn(
              fieldStyles,
              'inline-flex h-8 items-center justify-between gap-2 px-2.5 text-left',
            )}
          >
            <span className={cn('min-w-0 flex-1 truncate', chosen === undefined && 'text-faint')}>
              {found?.title ?? chosen ?? 'Choose a tool…'}
            </span>
            {found ? (
              <Badge tone={effects[found.effect].tone}>{effects[found.effect].label}</Badge>
            ) : null}
            <ChevronDown className="size-3.5 shrink-0 text-faint" aria-hidden />
          </button>
        }
      >
        <ToolMenu
          chosen={chosen === undefined ? [] : [chosen]}
          onChoose={({ name }) => {
            host.set(path, name);
            setOpen(false);
          }}
        />
      </Popover>
      {lost ? (
        <p role="alert" className="text-xs text-warning">
          This tool is not in this workspace any more. Choose another one.
        </p>
      ) : found?.unavailable ? (
        <p role="alert" className="text-xs text-warning">
          {found.unavailable}
        </p>
      ) : null}
    </>
  );
}
