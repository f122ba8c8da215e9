'use client';

import { Bug, BugPlay, ChevronDown, FlaskConical, Play } from 'lucide-react';
import { useSession } from '@/components/session/session';
import { EstimateLine } from '@/components/spending/estimate-line';
import { Button } from '@/components/ui/controls/button';
import { Tooltip } from '@/components/ui/controls/tooltip';
import {
  DropdownMenu,
  DropdownMenuItem,
  DropdownMenuSeparator,
} from '@/components/ui/overlays/dropdown-menu';
import type { RunMode } from '@/lib/runs/schema';

type Props = {
  pending: boolean;
  disabled: boolean;
  onRun: (mode: RunMode) => void;
  /** Starts a run that stops at breakpoints. */
  onDebug: (mode: RunMode) => void;
};

/** Run live, or rehearse: the whole workflow on the built-in model, without a key and without a cent. */
export function RunButton({ pending, disabled, onRun, onDebug }: Props) {
  const { workflowId } = useSession();
  return (
    <div className="flex" data-tour="run">
      <Tooltip label="Run live" keys={['Mod', 'Enter']}>
        <Button
          size="sm"
          variant="primary"
          loading={pending}
          disabled={disabled}
          onClick={() => onRun('live')}
          className="rounded-r-none"
        >
          {pending ? null : <Play aria-hidden className="fill-current" />} Run
        </Button>
      </Tooltip>
      <DropdownMenu
        align="end"
        className="w-64"
        trigger={
          <Button
            size="sm"
            variant="primary"
            disabled={disabled || pending}
            aria-label="More run options"
            className="rounded-l-none border-l-white/25 px-1.5"
          >
            <ChevronDown aria-hidden />
          </Button>
        }
      >
        <RunItem
          icon={<Play />}
          title="Run live"
          note="With the models set in the steps"
          onSelect={() => onRun('live')}
        />
        <RunItem
          icon={<FlaskConical />}
          title="Rehearse"
          note="Test without a model: no key, no cost"
          onSelect={() => onRun('rehearsal')}
        />
        <DropdownMenuSeparator />
        <RunItem
          icon={<Bug />}
          title="Debug"
          note="Live, pausing at your breakpoints or before every step"
          onSelect={() => onDebug('live')}
        />
        <RunItem
          icon={<BugPlay />}
          title="Debug a rehearsal"
          note="The same, without a model"
          onSelect={() => onDebug('rehearsal')}
        />
        <EstimateLine workflowId={workflowId} className="px-2 pt-1.5 pb-1" />
      </DropdownMenu>
    </div>
  );
}

type ItemProps = { icon: React.ReactNode; title: string; note: string; onSelect: () => void };

function RunItem({ icon, title, note, onSelect }: ItemProps) {
  return (
    <DropdownMenuItem onSelect={onSelect} className="h-auto items-start py-1.5 [&_svg]:mt-0.5">
      {icon}
      <span>
        <span className="block leading-4.5">{title}</span>
        <span className="block text-xs text-faint">{note}</span>
      </span>
    </DropdownMenuItem>
  );
}
