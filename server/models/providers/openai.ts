import type { ModelProvider } from '@/lib/models/schema';
import type { Access } from './access';
import { openaiChat } from './openai-chat';

/** OpenAI itself. */
export function openaiProvider(access: Access): ModelProvider {
  return openaiChat('openai', access, 'vendor');
}
