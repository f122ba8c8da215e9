import type { ModelProvider } from '@/lib/models/schema';
import { at } from '@/lib/values/unknown';
import { readFrames } from '../reading/frames';
import { readChat } from '../reading/read-chat';
import type { Access } from './access';
import { openaiChat, openaiClient } from './openai-chat';
import { toResponsesRequest } from './openai-responses';

/** OpenAI itself. What stands in its place under another URL may know the older protocol alone. */
export function openaiProvider(access: Access): ModelProvider {
  const chat = openaiChat('openai', access, 'vendor');
  const client = openaiClient(access);
  const itself = /(?:^|\.)openai\.com$/.test(new URL(access.baseUrl).hostname);
  const open = async (...[request, signal]: Parameters<ModelProvider['stream']>) => {
    const body = toResponsesRequest(request);
    try {
      return await client.post('/responses', { body, signal, stream: true }).asResponse();
    } catch (error) {
      if (!itself && isUnknownPath(error)) return undefined;
      throw error;
    }
  };
  return {
    id: 'openai',
    async *stream(request, signal) {
      const response = await open(request, signal);
      if (response === undefined) yield* chat.stream(request, signal);
      else yield* readChat(readFrames(response));
    },
    list: chat.list,
  };
}

function isUnknownPath(error: unknown): boolean {
  const words = error instanceof Error ? error.message : '';
  const path = /not found|no body|url|route|path|endpoint|cannot post|not allowed/i;
  const status = Number(at(error, 'status'));
  return [404, 405, 501].includes(status) && path.test(words) && !/model/i.test(words);
}
