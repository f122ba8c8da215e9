import type { ModelProvider, ProviderId } from '@/lib/models/schema';
import type { Access } from './access';
import { openaiChat } from './openai-chat';

/** Any server that speaks OpenAI's chat protocol: Ollama and llama.cpp on this machine, and others by their URL. */
export function compatibleProvider(
  id: Extract<ProviderId, 'compatible' | 'ollama' | 'llamacpp'>,
  access: Access,
): ModelProvider {
  return openaiChat(id, access, id === 'compatible' ? 'object' : 'schema');
}
