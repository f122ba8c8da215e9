import { afterAll, expect, test } from 'vitest';
import { serveStreams } from '../testing/stream-server';
import { createSight } from './local-sight';

const asked: string[] = [];
const server = await serveStreams((response, { path, body }) => {
  asked.push(`${path} ${body}`);
  if (path === '/props') return void response.end(JSON.stringify({ modalities: { vision: true } }));
  if (path !== '/api/show') return void response.writeHead(404).end('not here');
  const { model } = JSON.parse(body) as { model: string };
  if (model === 'old') return void response.end(JSON.stringify({ model_info: {} }));
  if (model === 'gone') return void response.writeHead(404).end('{"error":"no such model"}');
  const capabilities = model === 'gemma3' ? ['completion', 'vision'] : ['completion'];
  response.end(JSON.stringify({ capabilities }));
});
afterAll(() => server.close());

test('servers on this machine are asked which models see, each once', async () => {
  const sight = createSight(() => `${server.origin}/v1`, fetch);
  for (const _ of [1, 2]) {
    const told = await sight('ollama', ['gemma3', 'llama3', 'old', 'gone']);
    expect(Object.fromEntries(told)).toEqual({ gemma3: true, llama3: false });
  }
  expect(asked).toHaveLength(4);
  expect(Object.fromEntries(await sight('llamacpp', ['any']))).toEqual({ any: true });
});

test('a server that is gone tells nothing', async () => {
  const sight = createSight(() => 'http://127.0.0.1:9', fetch);
  expect((await sight('ollama', ['gemma3'])).size).toBe(0);
});
