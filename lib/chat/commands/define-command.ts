import type { z } from 'zod';
import type { Permission } from '@/lib/people/can';

/** `read` changes nothing; `reversible` can be taken back; `outward` reaches people or services, or changes what triggers run. */
export type CommandEffect = 'read' | 'reversible' | 'outward';

/** What can be done by `/name` in a chat. */
export type Command = {
  /** Named after its file. */
  name: string;
  /** One sentence for the list. */
  summary: string;
  /** Other words by which people look for it. */
  words: readonly string[];
  /** What may stand behind the name. */
  argument: z.ZodType<string>;
  /** How the argument is shown in the list, such as `workflow`; empty: it takes none. */
  hint: string;
  /** What its author must be allowed to do. */
  permission: Permission;
  effect: CommandEffect;
  /** Of one that starts a workflow: which of it, so that its inputs are asked for. */
  starts?: 'live' | 'draft';
  /** What happens, as it is asked before: only of those that must be confirmed. */
  confirmation?: (argument: string) => string;
};

/** Declares a command; one file each, listed by `npm run catalog`. */
export const defineCommand = (command: Command): Command => command;
