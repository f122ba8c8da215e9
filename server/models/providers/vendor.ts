import type { ModelProvider, ProviderId } from '@/lib/models/schema';
import type { Access } from './access';
import { anthropicProvider } from './anthropic';
import { compatibleProvider } from './compatible';
import { googleProvider } from './google';
import { ollamaProvider } from './ollama';
import { openaiProvider } from './openai';

/** The provider behind an id, on its official SDK; nothing for the built-in rehearsal, which needs no access. */
export function openVendor(id: ProviderId, access: Access): ModelProvider | undefined {
  switch (id) {
    case 'openai':
      return openaiProvider(access);
    case 'anthropic':
      return anthropicProvider(access);
    case 'google':
      return googleProvider(access);
    case 'ollama':
      return ollamaProvider(access);
    case 'compatible':
    case 'llamacpp':
      return compatibleProvider(id, access);
    case 'rehearsal':
      return undefined;
  }
}
