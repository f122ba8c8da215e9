'use client';

import { Eye, PencilLine, SquarePen } from 'lucide-react';
import type { ReactNode } from 'react';
import { useCan } from '@/components/shell/actor-context';
import { cn } from '@/components/ui/cn';
import { Tooltip } from '@/components/ui/controls/tooltip';
import { useReview } from './use-review';
import { useSuggesting } from './use-suggesting';

/** Whether edits change the draft, or are collected as a suggestion. */
export function ModeSwitch() {
  const mayEdit = useCan('workflows.edit');
  const { on, start, stop } = useSuggesting();
  const { show } = useReview();
  return (
    <div
      role="radiogroup"
      aria-label="Edit mode"
      className="flex h-7 shrink-0 items-center rounded-md border border-border-strong bg-surface p-px"
    >
      <Choice
        chosen={!on}
        onChoose={stop}
        icon={mayEdit ? <PencilLine /> : <Eye />}
        label={mayEdit ? 'Editing' : 'Viewing'}
        note={mayEdit ? 'Your edits change the draft' : 'You can look, comment and suggest'}
      />
      <Choice
        chosen={on}
        onChoose={() => {
          show(undefined);
          start();
        }}
        icon={<SquarePen />}
        label="Suggesting"
        note="Your edits wait until someone accepts them"
      />
    </div>
  );
}

type ChoiceProps = {
  chosen: boolean;
  onChoose: () => void;
  icon: ReactNode;
  label: string;
  note: string;
};

function Choice({ chosen, onChoose, icon, label, note }: ChoiceProps) {
  return (
    <Tooltip label={note}>
      {/* biome-ignore lint/a11y/useSemanticElements: a segment with an icon and a tooltip */}
      <button
        type="button"
        role="radio"
        aria-checked={chosen}
        onClick={() => {
          if (!chosen) onChoose();
        }}
        className={cn(
          'flex h-full items-center gap-1.5 rounded-[5px] px-2 text-xs text-muted transition-colors duration-100 hover:text-fg [&_svg]:size-3.5',
          chosen && 'bg-active font-medium text-fg',
        )}
      >
        {icon}
        <span className={cn(!chosen && 'max-lg:sr-only', 'max-md:sr-only')}>{label}</span>
      </button>
    </Tooltip>
  );
}
