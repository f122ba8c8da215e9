import type { z } from 'zod';
import type { Team } from '@/lib/agents/assignment/assign';
import { hasMark } from '@/lib/api/has-mark';
import type { CodeEnd, CodeJob } from '@/lib/code/code-job';
import type { ReadFile, ReadSettings } from '@/lib/files/read-text-file';
import type { FeedBytes, FeedRead, PageJob, PageRead } from '@/lib/markup/read-markup';
import type { MessagePart, ToolCallPart } from '@/lib/models/message';
import type { FinishReason, ModelPolicy, ModelUsage } from '@/lib/models/schema';
import type { Deciders } from '@/lib/people/deciders';
import type { Role } from '@/lib/people/schema';
import type { Wait, WaitEnd } from '@/lib/runs/schema';
import type { Operation } from '@/lib/services/schema';
import type { Made } from '@/lib/tables/operation';
import type { TableAsk } from '@/lib/tables/operations';
import type { ToolOutcome } from '@/lib/tools/call';
import type { TaskLimits, ToolGrant } from '@/lib/tools/settings';
import type { AgentTurn, GrantedCall, TaskOpening, TaskSoFar } from '@/lib/tools/task';
import type { ModelQuestion } from './model-question';
import type { ServiceCalls, ServiceName } from './service-calls';

export type { ServiceCalls, ServiceName };

/** Palette groups, in the order in which the palette shows them. */
export const nodeGroups = [
  'Triggers',
  'Agents',
  'AI',
  'Flow',
  'Data',
  'People',
  'Integrations',
] as const;
export type NodeGroup = (typeof nodeGroups)[number];

export type Port = { id: string; label: string };

/** What a node sees of the run: the values that expressions can name. */
export type Scope = {
  input: unknown;
  /** Outputs of finished earlier steps by node key. */
  steps: Record<string, { output: unknown }>;
  run: { id: string; mode: 'live' | 'rehearsal'; startedAt: string };
  /** Names that only some steps see: the item of a map, the error that is handled. */
  names?: Record<string, unknown>;
};

/** Whom a step tells: members with a role, or those of these addresses; where none of them is a member, admins. */
export type Asked = { role: Role; people?: readonly string[]; text: string; key: string };

/** How a run that a step started has ended; `failures`: why steps failed after which it went on, by id, where asked for. */
export type ChildOutcome =
  | { index: number; ok: true; output: unknown; failures?: Record<string, string> }
  | {
      index: number;
      ok: false;
      error: { code: string; message: string };
      /** Outputs of its steps that succeeded all the same, by id; where they were asked for. */
      results?: Record<string, unknown>;
    };

export type AgentProfile = {
  /** Absent for one that stands in for an agent that is not there. */
  id?: string;
  handle: string;
  name: string;
  instructions: string;
  model: ModelPolicy;
  version?: number;
  tools?: ToolGrant[];
  limits?: TaskLimits;
};

export type ModelAnswer = {
  text: string;
  /** The assistant's message, to be put into the history as it is. */
  parts: MessagePart[];
  /** Tools that it asks for; then the text is no answer yet. Each wants its result in the next message. */
  toolCalls: ToolCallPart[];
  finish: Exclude<FinishReason, 'refused'>;
  /** Present when an output schema was asked for: the parsed, checked value. */
  value?: unknown;
  provider: string;
  model: string;
  /** True when the built-in scripted model answered instead of a real one. */
  rehearsed: boolean;
  /** Why this model was chosen, for people. */
  reason: string;
  /** What people should know of the answer itself: that it was cut, or read only a part of its prompt. */
  note?: string;
  usage: ModelUsage;
  /** Id of its record. */
  callId?: string;
};

export type HttpRequest = {
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string;
  timeoutMs: number;
  maxBytes: number;
  /** Name of the connection whose credentials it needs. The step never sees them. */
  connection?: string;
  /** The answer is wanted as bytes: its text is then a beginning, for errors. */
  asBytes?: true;
};
/** An operation of a service that a step calls. */
export type ServiceCall = { title: string; serverUrl: string; operation: Operation };

export type HttpAnswer = {
  status: number;
  /** Several of one name are joined by a comma. */
  headers: Record<string, string>;
  /** Each `Set-Cookie` whole: joined they could not be told apart. */
  cookies?: string[];
  text: string;
  bytes?: Uint8Array;
};

/** A file that a step keeps, as other steps can read it: by its id. */
export type SavedFile = { id: string; name: string; mediaType: string; size: number };

/** Everything that waits, handed to a node's `run`. Node files import no I/O of their own. */
export type NodeContext = {
  scope: Scope;
  /** Evaluates a CEL expression over the scope; throws `StepError` `expression_failed`. */
  evaluate(expression: string, extra?: Record<string, unknown>): Promise<unknown>;
  /** Evaluates rows from top to bottom; each sees the values of those above it in an object called `together`. */
  evaluateAll(
    rows: readonly { name: string; expression: string }[],
    together?: string,
  ): Promise<Record<string, unknown>>;
  /** Fills `{{ … }}` in a text with values of the scope. */
  render(template: string): Promise<string>;
  /** Says what a template came to whose `{{ … }}` were filled one by one: people see it as the step's input. */
  filled?(template: string, text: string): void;
  /**
   * Does something with lists that expressions name, away from whatever else goes on: the step's output, and a note.
   * All rows share one budget. Throws `StepError` `invalid_rows` with row and field.
   */
  table(asked: TableAsk): Promise<Made>;
  /** Calls a language model, streaming its text to whoever watches the step. */
  model(question: ModelQuestion): Promise<ModelAnswer>;
  /** Begins a task of an agent, or gives what an earlier attempt began and how far it came. */
  openTask(opening: TaskOpening): Promise<TaskSoFar>;
  /** What the runs have cost that the step began, in US dollars. */
  spentBelow(): Promise<number>;
  /** Keeps a finished turn, numbered from 1, and gives the one that counts. */
  keepTurn(turn: number, data: AgentTurn): Promise<AgentTurn>;
  /** Calls a tool through the broker, which checks, asks and remembers; see `server/tools/broker.ts`. */
  callTool(call: GrantedCall): Promise<ToolOutcome>;
  /** An agent of the workspace by handle, or undefined. */
  agent(handle: string): Promise<AgentProfile | undefined>;
  /** Agents that a task could be given to. `round`: also what its runs of that round did that cannot be taken back. */
  team(asked: { tools: readonly string[]; round?: number }): Promise<Team>;
  /** Reads a file of the workspace (or one that the product ships, by `sample:<name>`). */
  file(reference: string): Promise<{ name: string; mediaType: string; bytes: Uint8Array }>;
  /**
   * Keeps a file for as long as runs are kept; under a `key`, another attempt replaces it. Throws `StepError`
   * `file_too_large` where there is no room.
   */
  saveFile(
    file: { name: string; mediaType: string; bytes: Uint8Array },
    key?: string,
  ): Promise<SavedFile>;
  /** Reads a file's bytes as a table, JSON or text, away from whatever else goes on. */
  read(
    file: { name: string; mediaType: string; bytes: Uint8Array },
    settings: ReadSettings,
  ): Promise<ReadFile>;
  /** Reads a feed, away from whatever else goes on. */
  feed(bytes: FeedBytes): Promise<FeedRead>;
  /** The same of a web page. */
  page(job: PageJob): Promise<PageRead>;
  /** Runs code in the sandbox, which sees the names of the job alone. Never rejects. */
  code(job: CodeJob): Promise<CodeEnd>;
  /** Sends a request through the one egress client: private addresses are refused. */
  http(request: HttpRequest): Promise<HttpAnswer>;
  /** Asks a service under a connection, or one of the workspace itself. Throws `StepError`. */
  service<Name extends ServiceName>(
    name: Name,
    request: ServiceCalls[Name]['request'],
  ): Promise<ServiceCalls[Name]['answer']>;
  /** What a step calls, by the names in its settings. Throws `StepError` `service_missing` or `operation_missing`. */
  operation(named: { service: string; operation: string }): Promise<ServiceCall>;
  /** Names of the steps before this one whose answers are made up, as no model is set up; none when rehearsing. */
  madeUp?(): Promise<string[]>;
  /** Milliseconds since 1970. */
  now(): number;
  /** Says why the step did what it did, for people: shown beside its result. The last call counts. */
  note?(reason: string): void;
  /** What the step gave to remember when it was suspended; undefined when it runs for the first time. */
  memo: unknown;
  /** What was said to it at the end of its wait. */
  resumed: unknown;
  /** Keys of the steps whose ways into this one were taken, the first to end first. */
  arrived: readonly string[];
  /** Ends of the runs that it started in a round, in their order. Large outputs are references: see `whole`. */
  children(round: number, how?: { results?: boolean; failures?: boolean }): Promise<ChildOutcome[]>;
  /** A value with its large parts read in; throws `StepError` `too_large` where they are too much for a process. */
  hydrate(value: unknown): Promise<unknown>;
  /** Tells members with this role, or one that may do more, that the step waits for them; once for each key. */
  notify(asked: Asked): Promise<{ reached: boolean }>;
  /** Same for every attempt of this step: send it to services that can ignore repeats. */
  idempotencyKey: string;
  /** Aborts on cancel, timeout and lost lease. */
  signal: AbortSignal;
};

const stepErrorMark = Symbol.for('ensemble.StepError');

/** A step's failure as data: `retryable` decides whether the policy's further attempts are used. */
export class StepError extends Error {
  readonly [stepErrorMark] = true;
  static isInstance(value: unknown): value is StepError {
    return hasMark(value, stepErrorMark);
  }
  readonly code: string;
  readonly retryable: boolean;
  /** How long whoever was asked wants to be left alone: no attempt before. */
  readonly retryAfterMs: number | undefined;
  /** Certain that nothing was changed outside: a step that may act once only may try again. */
  readonly noEffect: boolean;
  constructor(
    code: string,
    message: string,
    options: {
      retryable?: boolean;
      retryAfterMs?: number;
      noEffect?: boolean;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? false;
    this.retryAfterMs = options.retryAfterMs;
    this.noEffect = options.noEffect ?? false;
  }
}

const suspensionMark = Symbol.for('ensemble.Suspension');

/** What a node's `run` gives back in order to wait instead of ending. Make it with {@link suspend}. */
export class Suspension {
  readonly [suspensionMark] = true;
  static isInstance(value: unknown): value is Suspension {
    return hasMark(value, suspensionMark);
  }
  readonly wait: Wait;
  constructor(wait: Wait) {
    this.wait = wait;
  }
}

/** Lets the step wait without anybody holding it, across restarts; for `ask`, see {@link TaskNode.answer}. */
export const suspend = (wait: Wait): Suspension => new Suspension(wait);

const takenMark = Symbol.for('ensemble.Taken');

/** A result that goes on at some ports only, with the reason for people. Make it with {@link take}. */
export class Taken {
  readonly [takenMark] = true;
  static isInstance(value: unknown): value is Taken {
    return hasMark(value, takenMark);
  }
  readonly ports: string[];
  readonly output: unknown;
  readonly reason: string;
  constructor(ports: string[], output: unknown, reason: string) {
    this.ports = ports;
    this.output = output;
    this.reason = reason;
  }
}

/** Ends the step and goes on at these ports. */
export const take = (ports: string[], output: unknown, reason: string): Taken =>
  new Taken(ports, output, reason);

/** What somebody says to a step that waits. */
export type StepAnswer = { by: { name: string; role: Role; email: string }; value: unknown };

/** Written as a method, so that a node of one config is a node of any: its own schema parses before it is called. */
type OfConfig<Config extends z.ZodObject, Result> = {
  of(config: z.infer<Config>): Result;
}['of'];

type Common<Config extends z.ZodObject> = {
  type: string;
  title: string;
  /** One line for the palette and the docs. */
  summary: string;
  group: NodeGroup;
  /** Words by which people look for it who do not know its title: those of other tools and of every day. */
  aliases?: readonly string[];
  /** Name of a lucide icon. */
  icon: string;
  config: Config;
  /** False for nodes that start a run. */
  accepts?: boolean;
  /** Output ports; a function where they depend on the config (the cases of a switch). */
  ports?: Port[] | OfConfig<Config, Port[]>;
  /** The setting that the card shows under the name, e.g. the model or the URL. */
  subtitle?: OfConfig<Config, string>;
  /** What `steps.<key>.output` looks like, for completion: a sample value. */
  sample?: unknown;
  /** How many of the edges into it must be taken, for steps that do not wait for all. */
  join?: OfConfig<Config, { need: 'all' | number; cancelRest?: boolean }>;
  /**
   * Whether it may be begun again when nobody knows if it had its effect, unless its policy says so: absent, it may. Such
   * a step is tried again only after failures with `noEffect`.
   */
  effects?: OfConfig<Config, 'once' | undefined>;
  /** What it does outside the product, as a sentence for whoever is about to test it alone; absent: nothing. */
  outward?: string;
  /** It runs the steps inside it: the names that these see besides all others. */
  contains?: readonly string[];
};

export type TaskNode<Config extends z.ZodObject = z.ZodObject> = Common<Config> & {
  /** How the engine treats it: a worker calls `run`; a `stop` ends the run, a `handler` starts when it would fail. */
  kind: 'task' | 'stop' | 'handler';
  run(context: NodeContext, config: z.infer<Config>): Promise<unknown>;
  /**
   * For a node that waits for people: how an answer ends the wait. `ask` is what `run` suspended with. Throws
   * `StepError` with a sentence for whoever answered when the answer does not do; the step waits on then.
   */
  answer?(ask: unknown, answer: StepAnswer): WaitEnd;
  /**
   * With `answer`: what its settings ask, and of whom. Within a published version nobody else may give its output or
   * change its settings; what they give is checked as an answer.
   */
  asks?: OfConfig<Config, { ask: unknown; by: Deciders }>;
};

export type SwitchNode<Config extends z.ZodObject = z.ZodObject> = Common<Config> & {
  /** How the engine treats it: `choose` picks the output ports. */
  kind: 'switch';
  /** Picks the output ports that go on and says why. It sees only the scope's expressions. */
  choose(
    context: Pick<NodeContext, 'scope' | 'evaluate'>,
    config: z.infer<Config>,
  ): Promise<{ ports: string[]; output?: unknown; reason: string }>;
};

export type NodeType<Config extends z.ZodObject = z.ZodObject> =
  | TaskNode<Config>
  | SwitchNode<Config>;

/**
 * Declares a node type. The same file serves palette, inspector, docs and worker.
 * Config fields carry `.meta({ title, description, widget })`; widgets whose values are shared text
 * (edited character by character): `prompt`, `template`, `expression`, `code`, `json`, `text`.
 * Other widgets: `segments` (a choice that shows all), `chips` (rows that are a name alone, with `chips` for what they name), `agent`, `model`, `file`, `workflow`, `connection`, `table`, `tool`, `service`, `operation`, `select` (enums get it by themselves), `rows` (arrays of objects,
 * each with an `id`). An array item is an object with a stable `id`.
 * `merge` in a field's meta names what happens when two people set it at once, see `lib/workflows/merge`.
 */
export function defineNode<Config extends z.ZodObject>(
  node: TaskNode<Config> | SwitchNode<Config>,
): NodeType<Config> {
  return node;
}

/** Widgets whose field value is a `Y.Text` in the shared document. */
export const sharedTextWidgets: readonly string[] = [
  'prompt',
  'template',
  'expression',
  'code',
  'json',
  'text',
];

export const defaultPort: Port = { id: 'out', label: 'Out' };
