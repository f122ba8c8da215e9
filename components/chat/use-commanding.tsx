'use client';

import { SquareSlash } from 'lucide-react';
import { useState } from 'react';
import { commandsFor, readLine } from '@/lib/chat/commands/read-line';
import { markAt } from '@/lib/chat/mark-at';
import { can } from '@/lib/people/can';
import type { Role } from '@/lib/people/schema';
import { useSuggestions } from './marks/suggestions';

export type OnCommand = (line: string, confirmed: boolean) => Promise<boolean>;
/** Who may do commands, and how they are done. */
export type Commands = { role: Role; onCommand: OnCommand };

/** Commands that are chosen with `/`, what is wrong with one, and what is asked before one that reaches outside. */
export function useCommanding(
  { text, caret }: { text: string; caret: number },
  write: (text: string) => void,
  commands: Commands | undefined,
) {
  const [told, setTold] = useState<{ line: string; says: string; confirm: boolean }>();
  const [pending, setPending] = useState(false);
  const line = text.trimEnd();
  const read = commands === undefined ? { kind: 'text' as const } : readLine(line);
  const mark = markAt(text, caret);
  const open = commands !== undefined && mark?.mark === '/' && read.kind !== 'command';
  const found = open
    ? commandsFor(mark.query).filter(({ permission }) => can(commands.role, permission))
    : [];
  const suggestions = useSuggestions(
    found.map(({ name, hint, summary }) => ({
      ...{ key: name, label: hint === '' ? `/${name}` : `/${name} ${hint}`, hint: summary },
      take: () => write(hint === '' ? `/${name}` : `/${name} `),
      mark: <SquareSlash aria-hidden className="size-4 shrink-0 text-muted" />,
    })),
    open ? `/${mark.query}` : '',
  );
  const send = async () => {
    if (commands === undefined || read.kind === 'text' || pending) return;
    if (read.kind === 'wrong') {
      setTold({ line, says: read.problem, confirm: false });
      return;
    }
    const { confirmation } = read.command;
    const asked = told?.confirm === true && told.line === line;
    if (confirmation !== undefined && !asked) {
      setTold({ line, says: confirmation(read.argument), confirm: true });
      return;
    }
    setPending(true);
    const done = await commands.onCommand(line, asked);
    setPending(false);
    if (!done) return;
    setTold(undefined);
    write('');
  };
  return {
    ...suggestions,
    isCommand: read.kind !== 'text',
    pending,
    /** Shown above the text, while the line is the one that it is about. */
    told: told?.line === line ? told : undefined,
    dismiss: () => setTold(undefined),
    send,
  };
}
