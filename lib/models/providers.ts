import type { ProviderId } from './schema';

export type ProviderInfo = {
  id: ProviderId;
  title: string;
  /** Runs on this machine: nothing leaves it and nothing costs. */
  local: boolean;
  /** Where it answers unless a workspace says otherwise; absent where somebody has to say. */
  baseUrl?: string;
};

/** Every provider in the order in which people see them. */
export const providers: readonly ProviderInfo[] = [
  { id: 'openai', title: 'OpenAI', local: false, baseUrl: 'https://api.openai.com/v1' },
  { id: 'anthropic', title: 'Anthropic', local: false, baseUrl: 'https://api.anthropic.com' },
  {
    id: 'google',
    title: 'Google Gemini',
    local: false,
    baseUrl: 'https://generativelanguage.googleapis.com',
  },
  { id: 'compatible', title: 'OpenAI-compatible server', local: false },
  { id: 'ollama', title: 'Ollama', local: true, baseUrl: 'http://127.0.0.1:11434/v1' },
  { id: 'llamacpp', title: 'llama.cpp', local: true, baseUrl: 'http://127.0.0.1:8080/v1' },
  { id: 'rehearsal', title: 'Rehearsal', local: true },
];

const byId = new Map(providers.map((provider) => [provider.id, provider]));

/** What is known about a provider. */
export function providerInfo(id: ProviderId): ProviderInfo {
  return byId.get(id) ?? { id, title: id, local: false };
}

/** The one model of the built-in scripted provider. */
export const rehearsalModel = 'scripted';
