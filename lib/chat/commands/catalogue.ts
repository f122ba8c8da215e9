// Written by `npm run catalog`. Add a file beside this one instead of changing it.
import budgetEntry from './budget';
import type { Command } from './define-command';
import exportEntry from './export';
import helpEntry from './help';
import publishEntry from './publish';
import rehearseEntry from './rehearse';
import rememberEntry from './remember';
import runEntry from './run';
import summariseEntry from './summarise';

/** Every command of a chat, by its name. */
export const catalogue: Readonly<Record<string, Command>> = {
  budget: budgetEntry,
  export: exportEntry,
  help: helpEntry,
  publish: publishEntry,
  rehearse: rehearseEntry,
  remember: rememberEntry,
  run: runEntry,
  summarise: summariseEntry,
};
