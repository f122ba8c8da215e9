import type { DraftedStep } from '../drafted';
import type { Member } from '../people/who';
import type { Branch } from './branches';

/** What is known of the workspace and of who asks, as far as rules can use it. */
export type Known = {
  /** Handles of its agents. */
  agents: readonly string[];
  /** Name of a connection for mail, where there is one. */
  mail?: string;
  /** Name of a connection to a mailbox, where there is one. */
  mailbox?: string;
  /** Members of the workspace, who can be named. */
  members?: readonly Member[];
  /** Address of the person who asks. */
  me: string;
  timeZone: string;
};

export type Input = {
  name: string;
  type: 'text' | 'longtext' | 'number' | 'file' | 'json' | 'email';
  description: string;
  default?: string;
  required?: boolean;
};

/** A value that later steps can use: how a template inserts it, and what it is called there. */
export type Value = {
  label: string;
  expression: string;
  step?: string;
  isRows?: boolean;
  /** How people read it, as a template, where the expression alone gives JSON. */
  reads?: string;
};

/** Who sent what the run was started with, and what an answer to it is called. */
export type Sender = { address: string; subject?: string; what: string };

/** Named classes that a step tells apart, and where its answer stands. */
export type Classes = {
  names: readonly string[];
  field: string;
  /** Those that a condition asks for. */
  asked?: Set<string>;
};

/** A workflow under construction, step by step along its text. */
export type Weaving = {
  readonly known: Known;
  readonly steps: DraftedStep[];
  readonly inputs: Input[];
  readonly assumptions: Set<string>;
  /** What the description itself gives: the message, the file, the page. */
  readonly sources: Value[];
  /** What steps have made so far on this branch. */
  results: Value[];
  /** A list of rows, where there is one. */
  rows?: string;
  /** What the next step comes after. */
  tails: string[];
  /** The container that is open. */
  container?: string;
  /** Steps with named values, by the name of a value: where an amount or a category is found. */
  readonly fields: Map<string, string>;
  /** Conditions whose sides are not joined yet, the newest last. */
  readonly branches: Branch[];
  readonly classes: Classes[];
  /** Columns that steps name as the description does. */
  readonly columns: Set<string>;
  /** Refusals that nothing was said of, and where their reason stands. */
  readonly refused: { port: string; why: string }[];
  sender?: Sender;
  /** Somebody sends a form, and could be asked for an address. */
  isForm: boolean;
  /** An answer to the sender was written: it is still to be sent, or goes to them where nobody else is named. */
  reply?: 'to send' | 'written';
  /** A later condition compares a score. */
  wantsScore: boolean;
};

export const newWeaving = (known: Known): Weaving => ({
  ...{ known, steps: [], inputs: [], assumptions: new Set(), sources: [], results: [] },
  ...{
    tails: [],
    fields: new Map(),
    branches: [],
    classes: [],
    columns: new Set(),
    refused: [],
    wantsScore: false,
    isForm: false,
  },
});

/** Adds a step behind those before it, and gives its id. */
export function addStep(
  weaving: Weaving,
  { id, ...step }: Omit<DraftedStep, 'after' | 'group'>,
): string {
  const free = freeId(weaving, id);
  weaving.steps.push({
    ...{ id: free, ...step, after: weaving.tails },
    ...(weaving.container === undefined ? {} : { group: weaving.container }),
  });
  weaving.tails = [free];
  return free;
}

function freeId({ steps }: Weaving, wanted: string): string {
  const taken = new Set(steps.map(({ id }) => id));
  for (let count = 1; ; count += 1) {
    const id = count === 1 ? wanted : `${wanted}_${count}`;
    if (!taken.has(id) && id !== 'start') return id;
  }
}

/** An input of the run, once; gives the expression of its value. */
export function addInput(weaving: Weaving, input: Input): string {
  if (!weaving.inputs.some(({ name }) => name === input.name)) weaving.inputs.push(input);
  return `steps.start.output.${input.name}`;
}

/** The newest value: a result, or else what was given. */
export const newest = ({ results, sources }: Weaving): Value | undefined =>
  results.at(-1) ?? sources.at(-1);

/** The newest value as people read it, as a template: rows as a table, named values line by line. */
export function shown(weaving: Weaving): string | undefined {
  const value = newest(weaving);
  if (value === undefined) return undefined;
  return (
    value.reads ?? (value.isRows ? `{{ table(${value.expression}) }}` : `{{ ${value.expression} }}`)
  );
}

/** Values as the end of a prompt. */
export function material(values: readonly (Value | undefined)[]): string {
  const there = values.filter((value) => value !== undefined);
  const [only] = there;
  if (only !== undefined && there.length === 1) return `\n\n{{ ${only.expression} }}`;
  return there.map(({ label, expression }) => `\n\n${label}:\n{{ ${expression} }}`).join('');
}

/** The agent with this handle, where the workspace has it; else the general assistant. */
export const agentNamed = ({ known }: Weaving, handle: string): string =>
  known.agents.includes(handle) ? handle : '';

/** A clause as a sentence. */
export function sentence(clause: string): string {
  const text = clause.trim().replace(/^(?:then|and|also|please)\s+/i, '');
  const whole = `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
  return /[.!?]$/.test(whole) ? whole : `${whole}.`;
}

/** The same as the name of a step: a few words. */
export function shortName(clause: string, fallback: string): string {
  const words = sentence(clause.split(/[,:;(]|\.(?!\S)/)[0] ?? '')
    .replace(/\.$/, '')
    .split(/\s+/)
    .slice(0, 6);
  while (
    words.length > 1 &&
    /^(?:a|an|the|of|to|in|for|and|or|with|as|by|it|into|from)$/i.test(words.at(-1) ?? '')
  )
    words.pop();
  const name = words.join(' ').slice(0, 48);
  return name.length < 3 ? fallback : name;
}
