'use client';

import { Bug, CircleDot, CircleOff, CircleStop, Square } from 'lucide-react';
import {
  hasBreakpoints,
  removeBreakpoints,
  toggleBreakpoint,
} from '@/components/debugger/breakpoints';
import { isOver } from '@/components/runs/run-marks';
import { useSession } from '@/components/session/session';
import { useCan } from '@/components/shell/actor-context';
import { type PageCommand, useOfferCommands } from '@/components/shell/page-commands';
import { useSuggesting } from '@/components/suggestions/use-suggesting';

type DebugActions = { debug: () => void; stop: () => boolean };

/** Offers what the debugger can do in the command palette; its bar offers how a run that is held goes on. */
export function DebugCommands({ debug, stop }: DebugActions) {
  const session = useSession();
  const { on: suggesting } = useSuggesting();
  const mayRun = useCan('runs.start') && !suggesting;
  const mayStop = useCan('runs.cancel');
  useOfferCommands(() => {
    const group = 'Debugger';
    const [first, ...others] = session.local.get().nodes;
    const state = session.run.get()?.state;
    const commands: PageCommand[] = [];
    if (mayRun) {
      commands.push({
        group,
        label: 'Start debugging',
        words: 'run breakpoint step',
        keys: ['Mod', 'Alt', 'Enter'],
        icon: <Bug />,
        run: debug,
      });
    }
    if (mayRun && first !== undefined) {
      commands.push({
        group,
        label: 'Toggle breakpoint on the selected step',
        words: 'set remove stop pause',
        keys: ['B'],
        icon: <CircleStop />,
        run: () => {
          for (const id of [first, ...others]) toggleBreakpoint(session, id);
        },
      });
      commands.push({
        group,
        label: 'Breakpoint condition…',
        words: 'set stop if',
        keys: ['Shift', 'B'],
        icon: <CircleDot />,
        run: () => session.local.set((now) => ({ ...now, breaking: first })),
      });
    }
    if (mayRun && hasBreakpoints(session)) {
      commands.push({
        group,
        label: 'Remove all breakpoints',
        words: 'clear delete',
        icon: <CircleOff />,
        run: () => removeBreakpoints(session),
      });
    }
    if (mayStop && state && !isOver(state.status)) {
      commands.push({
        group,
        label: 'Stop the run',
        words: 'cancel debugging end',
        keys: ['Mod', 'Enter'],
        icon: <Square />,
        run: () => void stop(),
      });
    }
    return commands;
  });
  return null;
}
