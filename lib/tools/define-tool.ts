import type { z } from 'zod';
import type { NodeContext } from '@/lib/nodes/node-type/define-node';
import type { Permission } from '@/lib/people/can';
import type { Definition } from '@/lib/workflows/schema';
import type { ToolEffect } from './call';
import type { Delegation } from './delegated';
import type { ToolGrant } from './settings';

/** Everything that waits, handed to a tool. Its key is the call's own. */
export type ToolContext = NodeContext & {
  /** Name of the connection that the agent was given for this tool. */
  connection: string | undefined;
  /** Handle of the agent that calls; absent where a step does. */
  calledBy: string | undefined;
  /** Files of the workspace whose name or text holds all of these words. */
  searchFiles(words: string, limit: number): Promise<FoundFile[]>;
  /** Agents of the workspace whose name, handle or description holds all of these words. */
  findAgents(words: string, limit: number): Promise<FoundAgent[]>;
  /** Tools that the agent was given, by what they do. */
  findTools(words: string, limit: number): Promise<FoundTools>;
  /** The whole of an earlier result of this step that was cut, by the name that its note gives. */
  wholeResult(ref: string): Promise<string | undefined>;
  /** Where the agent stands among those that delegated to each other. */
  delegation(): Promise<Delegation>;
};
export type FoundAgent = {
  handle: string;
  name: string;
  description: string;
  skills: string[];
  tools: string[];
  status: string;
  cause: string;
};
export type FoundTools = {
  tools: { name: string; title: string; description: string }[];
  note?: string;
};
export type FoundFile = { id: string; name: string; mediaType: string; size: number };

/** What a tool gives back in place of a result: somebody else has to do something first. */
export type ToolPause =
  | { pause: 'workflow'; workflowId: string; input: Record<string, unknown> }
  | { pause: 'run'; definition: Definition; input: Record<string, unknown> }
  | { pause: 'question'; question: string; choices: string[] };

export const toolSources = ['builtin', 'workflow', 'table', 'service', 'mcp'] as const;
export type ToolSource = (typeof toolSources)[number];

/** Whether a call carries something to the outside: always, or by its arguments and what the step was told. */
export type Outward<Args> =
  | true
  | { of(args: Args, told: (text: string) => Promise<boolean>): Promise<boolean> }['of'];

export type Tool<Args = unknown> = {
  name: string;
  /** What the name stands for, whatever it is called later. */
  ref: string;
  source: ToolSource;
  title: string;
  /** What it does and when to use it, for the model; people read it in full, too. */
  description: string;
  input: z.ZodType<Args>;
  /** Its arguments as JSON schema, where somebody else wrote that; `input` then checks against it. */
  inputSchema?: Record<string, unknown>;
  effect: ToolEffect;
  /** The effect of one call, where its arguments decide: never more than `effect`. */
  effectOf?: { of(args: Args): ToolEffect }['of'];
  /** 0: none; 1: reads or changes something of the workspace; 2: changes something others see; 3: cannot be undone. */
  risk: 0 | 1 | 2 | 3;
  approval: 'never' | 'policy' | 'always';
  /** Who starts the run must have it. */
  permission: Permission;
  /** Its result is outside content: text that a stranger may have written. */
  outside?: true;
  /** Its result holds private data. */
  /** `connected`: where it has a connection. */
  private?: true | 'connected';
  outward?: Outward<Args>;
  /** The product gives it where it is of use; nobody chooses it. */
  given?: true;
  /** A call of it is a run, for which the step waits. */
  begins?: true;
  /** It needs a connection: its requests carry credentials. */
  connects?: true;
  timeoutMs: number;
  /** Characters of a result that are kept and given to the model. */
  maxResult: number;
  /** What it cannot do at present, for people; absent: it works. */
  unavailable?: string;
  /** What went wrong when it was last tried, for people; it may be called all the same. */
  trouble?: string;
  run: { of(args: Args, context: ToolContext): Promise<unknown> }['of'];
};

type Usual = 'ref' | 'source' | 'timeoutMs' | 'maxResult';

/** Declares a tool; built-in ones have a file each. */
export function defineTool<Args>(
  tool: Omit<Tool<Args>, Usual> & Partial<Pick<Tool<Args>, Usual>>,
): Tool {
  return {
    ref: `builtin:${tool.name}`,
    source: 'builtin',
    timeoutMs: 60_000,
    maxResult: 30_000,
    ...tool,
  };
}

const pauses: readonly unknown[] = ['workflow', 'run', 'question'];
export const isPause = (value: unknown): value is ToolPause =>
  typeof value === 'object' && value !== null && 'pause' in value && pauses.includes(value.pause);

/** A tool as an agent was given it. */
export type GivenTool = { tool: Tool; grant: ToolGrant };
