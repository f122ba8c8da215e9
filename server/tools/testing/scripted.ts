import type { HttpRequest, ModelAnswer, NodeContext } from '@/lib/nodes/node-type/define-node';
import { at } from '@/lib/values/unknown';
import type { Services } from '@/server/services';

export type ModelRequest = Parameters<NodeContext['model']>[0];
type Call = { name: string; args: Record<string, unknown> };

/** What a scripted model says in a turn: tools to call, or its answer. */
export type Said = string | Call[];

/**
 * Everything that a process changes the world by: its statements on the rows of tasks and calls, its model calls, and what
 * it sends. A gate stands before and after each.
 */
export type Gate = (point: string) => Promise<void>;
export const open: Gate = async () => undefined;

export type Script = {
  turns: readonly Said[];
  /** What an agent says, by its id, in place of that. */
  turnsOf?: (agentId: string) => readonly Said[] | undefined;
  /** Decides by what it is asked, in place of both. */
  model?: (request: ModelRequest) => Said;
  /** What the network answers. */
  answer?: (request: HttpRequest) => { status?: number; type?: string; text: string };
};

type Seen = {
  gate: Gate;
  sent: HttpRequest[];
  asked: Map<number, number>;
  requests: ModelRequest[];
};

/** Services whose model and network are scripts; everything else is real. */
export function scripted(
  services: Services,
  given: Script,
  { gate, sent, asked, requests }: Seen,
): Services {
  const through = async <T>(point: string, work: () => Promise<T>): Promise<T> => {
    await gate(`${point}.before`);
    const result = await work();
    await gate(`${point}.after`);
    return result;
  };
  const { pool } = services;
  const query = (...args: unknown[]) => {
    const run = () => Reflect.apply(pool.query, pool, args);
    const [text] = args;
    const point = typeof text === 'string' ? pointOf(text) : undefined;
    return point === undefined ? run() : through(point, run);
  };
  const watched = new Proxy(pool, {
    get: (target, name) => (name === 'query' ? query : Reflect.get(target, name)),
  });
  const models = {
    ...services.models,
    async call(request: ModelRequest): Promise<ModelAnswer> {
      requests.push(request);
      const turn = request.messages.filter(({ role }) => role === 'assistant').length + 1;
      return through(`model-${turn}`, async () => {
        asked.set(turn, (asked.get(turn) ?? 0) + 1);
        const turns = given.turnsOf?.(String(at(at(request, 'place'), 'agentId'))) ?? given.turns;
        return answerOf(given.model?.(request) ?? turns[turn - 1] ?? 'Nothing more.', turn);
      });
    },
  };
  const egress = {
    ...services.egress,
    request: (request: HttpRequest) =>
      through('effect', async () => {
        sent.push(request);
        const answered = given.answer?.(request) ?? { text: 'ok' };
        const { status = 200, type = 'text/plain', text } = answered;
        if (status === 0) throw new Error('the connection broke');
        return { status, headers: { 'content-type': type }, text };
      }),
  };
  return { ...services, pool: watched, models, egress } as Services;
}

/** The statements that this is about, by what they do. */
function pointOf(text: string): string | undefined {
  const words = /\b(insert into|update|from)\s+(tool_call|agent_turn)\b/.exec(text);
  return words === null ? undefined : `${words[1]?.split(' ')[0]} ${words[2]}`;
}

const usage = { inputTokens: 10, outputTokens: 5, costUsd: 0.001 };

function answerOf(said: Said, turn: number): ModelAnswer {
  const base = {
    provider: 'openai',
    model: 'scripted',
    rehearsed: false,
    reason: 'Scripted.',
    usage,
  };
  if (typeof said === 'string') {
    return {
      ...base,
      text: said,
      parts: [{ type: 'text', text: said }],
      toolCalls: [],
      finish: 'stop',
    };
  }
  const toolCalls = said.map(({ name, args }, index) => ({
    ...{ type: 'tool-call' as const, id: `call-${turn}-${index}`, name, args },
  }));
  return { ...base, text: '', parts: toolCalls, toolCalls, finish: 'tool-calls' };
}
