'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { SquareSlash, Workflow } from 'lucide-react';
import { useState } from 'react';
import { type CallResult, call } from '@/components/data/call';
import { keys } from '@/components/data/queries';
import { workflowArgument } from '@/lib/chat/commands/arguments';
import type { AskedInputs, CommandInput, doCommand } from '@/lib/chat/commands/contract';
import { commandsFor, type ReadLine, readLine } from '@/lib/chat/commands/read-line';
import { markAt } from '@/lib/chat/mark-at';
import { can } from '@/lib/people/can';
import type { Role } from '@/lib/people/schema';
import { listWorkflows } from '@/lib/workflows/contract';
import { useSuggestions } from './marks/suggestions';

type Answer = CallResult<typeof doCommand>;
/** Does a line, or says what is to be asked before; undefined where it was refused. */
export type OnCommand = (
  line: string,
  how: { confirmed: boolean; input?: CommandInput },
) => Promise<Answer | undefined>;
/** Who may do commands, and how they are done. */
export type Commands = { role: Role; onCommand: OnCommand };

type Told = { line: string; says: string; confirm: boolean; inputs?: AskedInputs };

/** Commands that are chosen with `/`, what is wrong with one, and what is asked before one that reaches outside. */
export function useCommanding(
  { text, caret }: { text: string; caret: number },
  write: (text: string) => void,
  commands: Commands | undefined,
) {
  const [told, setTold] = useState<Told>();
  const [pending, setPending] = useState(false);
  const line = text.trimEnd();
  const read: ReadLine = commands === undefined ? { kind: 'text' } : readLine(line);
  const mark = markAt(text, caret);
  const open = commands !== undefined && mark?.mark === '/' && read.kind !== 'command';
  const found = open
    ? commandsFor(mark.query).filter(({ permission }) => can(commands.role, permission))
    : [];
  const naming = useNaming(text, caret, read);
  const suggestions = useSuggestions(
    open
      ? found.map(({ name, hint, summary }) => ({
          ...{ key: name, label: hint === '' ? `/${name}` : `/${name} ${hint}`, hint: summary },
          take: () => write(hint === '' ? `/${name}` : `/${name} `),
          mark: <SquareSlash aria-hidden className="size-4 shrink-0 text-muted" />,
        }))
      : naming.names.map((name) => ({
          ...{ key: name, label: name, take: () => write(`${naming.before}${name}`) },
          mark: <Workflow aria-hidden className="size-4 shrink-0 text-muted" />,
        })),
    open ? `/${mark.query}` : line,
  );
  const act = async (how: { confirmed: boolean; input?: CommandInput }) => {
    setPending(true);
    const answer = await commands?.onCommand(line, how);
    setPending(false);
    if (answer === undefined) return;
    if (answer.state === 'confirm') {
      const { says, inputs } = answer;
      setTold({ line, says, confirm: true, ...(inputs === undefined ? {} : { inputs }) });
      return;
    }
    setTold(undefined);
    write('');
  };
  const send = async (input?: CommandInput) => {
    if (commands === undefined || read.kind === 'text' || pending) return;
    if (read.kind === 'wrong') {
      setTold({ line, says: read.problem, confirm: false });
      return;
    }
    const { confirmation, starts } = read.command;
    const asked = told?.confirm === true && told.line === line ? told : undefined;
    // What a workflow takes is known to the server alone.
    if (asked === undefined && starts !== undefined) return act({ confirmed: false });
    if (asked === undefined && confirmation !== undefined) {
      setTold({ line, says: confirmation(read.argument), confirm: true });
      return;
    }
    const given = input ?? asked?.inputs?.value;
    await act({ confirmed: asked !== undefined, ...(given === undefined ? {} : { input: given }) });
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

/** Workflows whose names have what stands behind a command that takes one; none once it is the name of one. */
function useNaming(text: string, caret: number, read: ReadLine) {
  const before = /^\/[a-z]+\s+/i.exec(text)?.[0] ?? '';
  const isNaming =
    before !== '' &&
    caret >= text.trimEnd().length &&
    (read.kind === 'wrong' || (read.kind === 'command' && takesWorkflow(read)));
  const q = text.slice(before.length).trim();
  const found = useQuery({
    queryKey: [...keys.workflows, 'named', q],
    queryFn: ({ signal }) =>
      call(listWorkflows, { query: q === '' ? { limit: 6 } : { q, limit: 6 } }, { signal }),
    enabled: isNaming && namesOne(text),
    placeholderData: keepPreviousData,
  });
  const all = isNaming && namesOne(text) ? (found.data?.items ?? []).map(({ name }) => name) : [];
  const done = all.some((name) => q.toLowerCase().startsWith(name.toLowerCase()));
  return { before, names: done ? [] : all };
}

const takesWorkflow = (read: Extract<ReadLine, { kind: 'command' }>): boolean =>
  read.command.argument === workflowArgument;
/** Whether the line begins with a command that takes the name of a workflow, whatever stands behind it. */
const namesOne = (text: string): boolean => {
  const read = readLine(`${/^\/[a-z]+/i.exec(text)?.[0] ?? ''} x`);
  return read.kind === 'command' && takesWorkflow(read);
};
