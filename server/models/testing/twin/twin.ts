import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { hashText, seeded } from '@/lib/models/seed';
import { isRecord } from '@/lib/values/unknown';
import { type Charge, chargeFor } from './bill';
import { serveChat } from './chat';
import { serveGemini } from './gemini';
import { serveMessages } from './messages';
import { localWindow, serveOllama } from './ollama';
import { type Json, modelOf, Refused, type Served, tokensOfRequest, type Vendor } from './parts';
import { serveResponses } from './responses';
import { type Directive, directiveSchema, write } from './script';

/** What the twin remembers of what it sent. */
export type Memory = {
  /** A new id, of the model that is asked just now. */
  id(prefix: string): string;
  /** Whether an id is of this model. */
  own(id: string | undefined, model: string): boolean;
  /** Items as they were sent, and what has to come back with them. */
  issued: Map<string, string>;
  needs: Map<string, string>;
};

export type Twin = {
  origin: string;
  port: number;
  bill: Charge[];
  refusals: string[];
  /** Bodies of the requests, in their order. */
  asked: { vendor: Vendor; model: string; body: string }[];
  /** What happens to the next requests, one after another. */
  script(...directives: Directive[]): void;
  close(): Promise<void>;
};

type Ask = { vendor: Vendor; model: string; body: Json; serve(random: () => number): Served };

/** A stand-in for the vendors on this machine, which bills and refuses as they do. `seed`: what its models say. */
export async function startTwin({ port = 0, seed = 1 } = {}): Promise<Twin> {
  const owners = new Map<string, string>();
  let [asking, ids] = ['', 0];
  const memory: Memory = {
    id(prefix) {
      ids += 1;
      const id = `${prefix}_${ids.toString(36).padStart(8, '0')}`;
      owners.set(id, asking);
      return id;
    },
    own: (id, model) => id !== undefined && owners.get(id) === model,
    issued: new Map(),
    needs: new Map(),
  };
  const twin: Pick<Twin, 'bill' | 'refusals' | 'asked'> = { bill: [], refusals: [], asked: [] };
  const queue: Directive[] = [];

  const answer = async (ask: Ask, text: string, response: ServerResponse) => {
    const directive = queue.shift() ?? {};
    twin.asked.push({ vendor: ask.vendor, model: ask.model, body: text });
    if (directive.status !== undefined && directive.status >= 400) {
      return refuse(response, directive.status, directive.body ?? {}, directive.headers);
    }
    asking = ask.model;
    const served = ask.serve(seeded(hashText(`${seed} ${twin.asked.length} ${text}`)));
    twin.bill.push(chargeFor(ask.vendor, ask.model, served.billed));
    response.writeHead(200, { 'content-type': served.type, ...directive.headers });
    await write(response, served.pieces, directive);
  };

  const server = createServer((request, response) => {
    void handle(request, response).catch((error: unknown) => {
      if (!(error instanceof Refused)) {
        twin.refusals.push(`the twin broke: ${error}`);
        return refuse(response, 500, { error: { message: String(error) } });
      }
      twin.refusals.push(error.message);
      const type = error.status === 404 ? 'not_found_error' : 'invalid_request_error';
      refuse(response, error.status, {
        ...{ type: 'error', error: { type, message: error.message, code: error.status } },
      });
    });
  });
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const part of request) text += part;
    const { pathname } = new URL(request.url ?? '/', 'http://twin');
    if (pathname === '/twin/bill') return send(response, twin.bill.map(plain));
    if (pathname === '/twin/refusals') return send(response, twin.refusals);
    const read: unknown = text === '' ? {} : JSON.parse(text);
    if (pathname === '/twin/script') {
      queue.push(...z.array(directiveSchema).parse(read));
      return send(response, { queued: queue.length });
    }
    const body = isRecord(read) ? read : {};
    const told = tellOf(pathname, body, request.headers);
    if (told !== undefined) return send(response, told);
    await answer(askOf(pathname, body, memory), text, response);
  }
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const { port: at } = server.address() as AddressInfo;
  return {
    ...{ ...twin, port: at, origin: `http://127.0.0.1:${at}` },
    script: (...directives) => void queue.push(...directives),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const plain = (charge: Charge) => ({ ...charge, pico: charge.pico.toString() });

function send(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

function refuse(response: ServerResponse, status: number, body: unknown, headers = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

const models = ['gpt-6-sol', 'gpt-6-luna', 'gpt-4.1', 'deepseek-twin', 'local-twin'];

/** What the twin tells without a model's answer. */
function tellOf(path: string, body: Json, headers: IncomingMessage['headers']): unknown {
  if (path === '/api/ps') return { models: [{ name: body.model, context_length: localWindow }] };
  if (path === '/api/tags') return { models: [{ name: 'local-twin' }] };
  if (path === '/api/version') return { version: '0.30.0' };
  if (path === '/api/show') {
    const capabilities = ['completion', 'tools', 'thinking'];
    return { model_info: { 'llama.context_length': localWindow }, capabilities };
  }
  if (path === '/v1/messages/count_tokens') return { input_tokens: tokensOfRequest(body) };
  if (path === '/v1beta/models') return { models: [{ name: 'models/gemini-3.8-flash' }] };
  if (path !== '/v1/models') return undefined;
  const names = headers['x-api-key'] ? ['claude-opus-5', 'claude-sonnet-5-5'] : models;
  return { object: 'list', data: names.map((id) => ({ id, type: 'model' })), has_more: false };
}

function askOf(path: string, body: Json, memory: Memory): Ask {
  const gemini = /^\/v1beta\/models\/([^:]+):(?:streamG|g)enerateContent$/.exec(path)?.[1];
  const ask = (vendor: Vendor, model: string, serve: Ask['serve']) => ({
    vendor,
    model,
    body,
    serve,
  });
  if (gemini !== undefined) {
    return ask('google', gemini, (random) => serveGemini(body, gemini, memory, random));
  }
  const model = modelOf(body);
  switch (path) {
    case '/v1/responses':
      return ask('openai', model, (random) => serveResponses(body, memory, random));
    case '/v1/chat/completions':
      return ask('compatible', model, (random) => serveChat(body, memory, random));
    case '/v1/messages':
      return ask('anthropic', model, (random) => serveMessages(body, memory, random));
    case '/api/chat':
      return ask('ollama', model, (random) => serveOllama(body, random));
    default:
      throw new Refused(404, `Invalid URL (POST ${path})`);
  }
}
