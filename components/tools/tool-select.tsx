'use client';

import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { useTools } from '@/components/data/tool-queries';
import { cn } from '@/components/ui/cn';
import { fieldStyles } from '@/components/ui/controls/input';
import { Badge } from '@/components/ui/display/badge';
import { Popover } from '@/components/ui/overlays/popover';
import { effects } from './effects';
import { ToolMenu } from './tool-menu';

type Props = {
  id?: string;
  'aria-label': string;
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: true | undefined;
  value: unknown;
  disabled: boolean;
  onValueChange: (name: string) => void;
};

/** Chooses a tool by its name; a name that none has stays visible. */
export function ToolSelect({ value, disabled, onValueChange, ...aria }: Props) {
  const [open, setOpen] = useState(false);
  const chosen = typeof value === 'string' && value !== '' ? value : undefined;
  const { data } = useTools({ names: chosen ?? '' }, { enabled: chosen !== undefined });
  const found = data?.items.find(({ name }) => name === chosen);
  const lost = chosen !== undefined && data !== undefined && found === undefined;
  return (
    <>
      <Popover
        label={aria['aria-label']}
        open={open}
        onOpenChange={setOpen}
        className="w-(--radix-popover-trigger-width) min-w-80 p-0"
        trigger={
          <button
            type="button"
            {...aria}
            role="combobox"
            aria-expanded={open}
            disabled={disabled}
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
            onValueChange(name);
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
