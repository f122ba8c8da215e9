import { providerInfo } from '@/lib/models/providers';
import type { Egress } from '@/server/egress/client';
import { compatibleProvider } from './compatible';
import { createSight } from './local-sight';

export type LocalId = 'ollama' | 'llamacpp';
export const localIds: readonly LocalId[] = ['ollama', 'llamacpp'];

/** A model server found on this machine, with its models. */
export type LocalServer = { provider: LocalId; models: string[] };

const patienceMs = 300;
const keptMs = 15_000;
/** Somebody may just be starting one. */
const missedMs = 3_000;

export type Locals = {
  /** The servers that answer at their usual ports; asked at most every 15 s (3 s when none did), for 300 ms. */
  find(): Promise<LocalServer[]>;
  /** Which of these models see pictures, as far as their server tells; kept for a while. */
  sight(id: LocalId, models: readonly string[]): Promise<ReadonlyMap<string, boolean>>;
  baseUrl(id: LocalId): string;
  /** Reaches these two ports on this machine and public addresses, nothing else that is private. */
  fetch: typeof fetch;
};

/** Looks for Ollama and llama.cpp. `urls` moves them for tests. */
export function createLocals(egress: Egress, urls: Partial<Record<LocalId, string>> = {}): Locals {
  const baseUrl = (id: LocalId) => urls[id] ?? providerInfo(id).baseUrl ?? '';
  const allow = localIds.map((id) => {
    const { hostname, port } = new URL(baseUrl(id));
    return { host: hostname, port: Number(port) };
  });
  const localFetch = egress.fetch({ allow });
  let found: { until: number; servers: Promise<LocalServer[]> } | undefined;
  const look = async (id: LocalId): Promise<LocalServer[]> => {
    const provider = compatibleProvider(id, { key: '', baseUrl: baseUrl(id), fetch: localFetch });
    try {
      return [{ provider: id, models: await provider.list(AbortSignal.timeout(patienceMs)) }];
    } catch {
      return [];
    }
  };
  return {
    baseUrl,
    sight: createSight(baseUrl, localFetch),
    fetch: localFetch,
    find() {
      if (found === undefined || Date.now() > found.until) {
        const servers = Promise.all(localIds.map(look)).then((lists) => lists.flat());
        const next = { until: Date.now() + keptMs, servers };
        found = next;
        void servers.then(({ length }) => {
          if (length === 0) next.until = Date.now() + missedMs;
        });
      }
      return found.servers;
    },
  };
}
