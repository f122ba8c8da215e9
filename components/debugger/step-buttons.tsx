'use client';

import { ArrowDownToDot, ArrowUpFromDot, Play, Redo } from 'lucide-react';
import { type ReactNode, useEffect, useEffectEvent } from 'react';
import { useOfferCommands } from '@/components/shell/page-commands';
import { Button } from '@/components/ui/controls/button';
import { Tooltip } from '@/components/ui/controls/tooltip';
import { catalogue } from '@/lib/nodes/catalogue';
import type { PausedStepView } from '@/lib/runs/debug-contract';
import type { DebuggerAction } from '@/lib/runs/debugging';
import { typeNamed } from '@/lib/workflows/node-catalogue';

type Way = { move: DebuggerAction; label: string; keys: string[]; icon: ReactNode; hint: string };
type Props = {
  from: PausedStepView | undefined;
  busy: boolean;
  move: (how: DebuggerAction) => void;
};

const isContainer = (type: string) => typeNamed(catalogue, type)?.contains !== undefined;
/** Runs of their own that the debugger does not enter. */
const closed = new Set(['workflow', 'planner']);

/** Ways on from a step that is held; those that make no sense there are left out. */
function waysFrom(from: PausedStepView | undefined): Way[] {
  const { name = 'the step', type = '' } = from?.step ?? {};
  const over = closed.has(type)
    ? `Runs ${name} without pausing inside, then pauses after it`
    : isContainer(type)
      ? `Runs all items of ${name}, then pauses after it`
      : `Runs ${name}, then pauses after it`;
  const ways: Way[] = [
    {
      move: 'continue',
      label: 'Continue',
      keys: ['F8'],
      icon: <Play aria-hidden className="fill-current" />,
      hint: 'All paused steps continue, to the next breakpoint',
    },
    { move: 'over', label: 'Step over', keys: ['F10'], icon: <Redo aria-hidden />, hint: over },
  ];
  if (isContainer(type)) {
    const hint = `Pauses before the first step inside ${name}`;
    const icon = <ArrowDownToDot aria-hidden />;
    ways.push({ move: 'into', label: 'Step into', keys: ['F11'], icon, hint });
  }
  const around = from?.place.at(-1)?.name;
  if (around !== undefined) {
    const hint = `Everything inside ${around} continues; pauses after it`;
    const icon = <ArrowUpFromDot aria-hidden />;
    ways.push({ move: 'out', label: 'Step out', keys: ['Shift', 'F11'], icon, hint });
  }
  return ways;
}

/** Buttons, keys and commands that continue a debugged run. */
export function StepButtons({ from, busy, move }: Props) {
  const ways = waysFrom(from);
  useStepKeys(from !== undefined, (how) => {
    // Into what has no inside is over it.
    move(how === 'into' && !ways.some((way) => way.move === 'into') ? 'over' : how);
  });
  useOfferCommands(() =>
    from === undefined
      ? []
      : ways.map(({ move: how, label, keys, icon }) => ({
          group: 'Debugger',
          label,
          words: 'debug breakpoint',
          keys,
          icon,
          run: () => move(how),
        })),
  );
  return (
    <div className="flex gap-1.5">
      {ways.map(({ move: how, label, keys, icon, hint }) => (
        <Tooltip key={how} label={from ? hint : 'Nothing is paused'} keys={keys}>
          <Button size="sm" aria-label={label} disabled={busy || !from} onClick={() => move(how)}>
            {icon} <span className={how === 'continue' ? '' : 'max-sm:sr-only'}>{label}</span>
          </Button>
        </Tooltip>
      ))}
    </div>
  );
}

const functionKeys: Readonly<Record<string, DebuggerAction>> = {
  F8: 'continue',
  F10: 'over',
  F11: 'into',
  'Shift+F11': 'out',
};

function useStepKeys(on: boolean, move: (how: DebuggerAction) => void) {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (!on || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    const how = functionKeys[event.shiftKey ? `Shift+${event.key}` : event.key];
    if (how === undefined) return;
    event.preventDefault();
    move(how);
  });
  useEffect(() => {
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}
