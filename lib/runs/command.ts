import type { RunCommand } from './schema';

/** What is asked of a run. The engine adds the time and the chance, which makes it a `RunCommand`. */
export type Command = RunCommand extends infer C
  ? C extends RunCommand
    ? Omit<C, 'now' | 'random'>
    : never
  : never;
