import { at, isRecord, textIn } from '@/lib/values/unknown';
import { think } from './brain';
import * as parts from './parts';
import { type Json, objectsIn, refuse, type Served } from './parts';

/** Tokens that the twin's local model can read, whatever it is asked for. */
export const localWindow = 65_536;

/** Ollama's own protocol: it reads no more of a prompt than its window, and says nothing of the rest. */
export function serveOllama(body: Json, random: () => number): Served {
  parts.knowsOnly(body, ['model', 'messages', 'tools', 'stream', 'format', 'options', 'think']);
  const model = parts.modelOf(body);
  const tools = objectsIn(body.tools).map((tool) => textIn(at(tool, 'function', 'name')) ?? '');
  const rounds = checkMessages(objectsIn(body.messages));
  const reply = think({ tools, choice: 'auto', rounds, thinks: true }, random);
  const asked = Number(at(body, 'options', 'num_ctx') ?? 4_096);
  const read = Math.min(parts.tokensOfRequest(body), asked, localWindow);
  const thought = parts.tokensOf(reply.thought);
  const text = parts.tokensOf(reply.text + JSON.stringify(reply.calls));
  const line = (message: Json, more: object = {}) =>
    `${JSON.stringify({ model, message: { role: 'assistant', content: '', ...message }, done: false, ...more })}\n`;
  return {
    type: 'application/x-ndjson',
    billed: { fresh: read, read: 0, write: 0, text: text + thought, thought: 0 },
    pieces: [
      ...parts.pieces(reply.thought, random).map((thinking) => line({ thinking })),
      ...parts.pieces(reply.text, random).map((content) => line({ content })),
      ...reply.calls.map(({ name, args }) =>
        line({ tool_calls: [{ function: { index: 0, name, arguments: args } }] }),
      ),
      line(
        {},
        { done: true, done_reason: 'stop', prompt_eval_count: read, eval_count: text + thought },
      ),
    ],
  };
}

function checkMessages(messages: readonly Json[]): number {
  let open: string[] = [];
  let rounds = 0;
  for (const message of messages) {
    if (message.role === 'tool') {
      const name = open.shift();
      if (name === undefined || name !== message.tool_name) refuse(400, 'unexpected tool message');
      if (open.length === 0) rounds += 1;
      continue;
    }
    if (open.length > 0) refuse(400, 'a tool call has no result');
    if (message.role === 'user') rounds = 0;
    const calls = objectsIn(message.tool_calls);
    if (!calls.every((call) => isRecord(at(call, 'function', 'arguments')))) {
      refuse(400, 'json: cannot unmarshal string into tool call arguments');
    }
    open = calls.map((call) => textIn(at(call, 'function', 'name')) ?? '');
  }
  if (open.length > 0) refuse(400, 'a tool call has no result');
  return rounds;
}
