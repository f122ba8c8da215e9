import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export const modelName = 'patient-1';

export type ModelServer = {
  /** Up to `/v1`, as people enter it. */
  baseUrl: string;
  /** Answers that are being waited for now. */
  open(): number;
  /** Streams some more words to whoever waits. */
  say(text: string): void;
  /** Asks for a tool, which ends the answer. */
  use(tool: string, args: object): void;
  /** Ends the answer. */
  finish(): void;
  close(): Promise<void>;
};

const chunk = (delta: object, reason: string | null = null) => ({
  id: 'answer',
  object: 'chat.completion.chunk',
  created: 0,
  model: modelName,
  choices: [{ index: 0, delta, finish_reason: reason }],
});

/** A server that speaks OpenAI's chat protocol and says what the test tells it to, when it tells it to. */
export async function startModelServer(): Promise<ModelServer> {
  const waiting = new Set<ServerResponse>();
  const send = (data: object | string) => {
    const text = typeof data === 'string' ? data : JSON.stringify(data);
    for (const response of waiting) response.write(`data: ${text}\n\n`);
  };
  const server = createServer((request, response) => {
    if (request.url?.endsWith('/models')) {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ object: 'list', data: [{ id: modelName, object: 'model' }] }));
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.flushHeaders();
    waiting.add(response);
    response.on('close', () => waiting.delete(response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const end = (reason: string) => {
    send(chunk({}, reason));
    send({ ...chunk({}), choices: [], usage: { prompt_tokens: 7, completion_tokens: 5 } });
    send('[DONE]');
    for (const response of waiting) response.end();
  };
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    open: () => waiting.size,
    say: (text) => send(chunk({ content: text })),
    use: (tool, args) => {
      const asked = { name: tool, arguments: JSON.stringify(args) };
      send(chunk({ tool_calls: [{ index: 0, id: 'call', type: 'function', function: asked }] }));
      end('tool_calls');
    },
    finish: () => end('stop'),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
