import { at, listIn } from '@/lib/values/unknown';
import type { LocalId, Locals } from './local';

const patienceMs = 1_000;
/** A model's sight does not change; which model is loaded may. */
const keptMs = 60_000;
/** More models than anybody has on one machine are not asked about. */
const maxModels = 50;

/** Asks the servers on this machine which of their models take pictures. What they do not tell is left out. */
export function createSight(
  baseUrl: (id: LocalId) => string,
  localFetch: typeof fetch,
): Locals['sight'] {
  const known = new Map<string, { until: number; sees: Promise<boolean | undefined> }>();
  const ask = async (path: string, id: LocalId, body?: unknown): Promise<unknown> => {
    const root = baseUrl(id).replace(/\/+$/, '').replace(/\/v1$/, '');
    const sent = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const signal = AbortSignal.timeout(patienceMs);
    const headers = { 'content-type': 'application/json' };
    const response = await localFetch(`${root}${path}`, { headers, signal, ...sent });
    return response.ok ? response.json() : undefined;
  };
  const look = async (id: LocalId, model: string): Promise<boolean | undefined> => {
    try {
      if (id === 'ollama') {
        const abilities = at(await ask('/api/show', id, { model }), 'capabilities');
        return Array.isArray(abilities) ? listIn(abilities).includes('vision') : undefined;
      }
      const vision = at(at(await ask('/props', id), 'modalities'), 'vision');
      return typeof vision === 'boolean' ? vision : undefined;
    } catch {
      return undefined;
    }
  };
  const sees = (id: LocalId, model: string) => {
    const key = `${id} ${model}`;
    const last = known.get(key);
    if (last !== undefined && Date.now() < last.until) return last.sees;
    if (known.size > 4 * maxModels) known.clear();
    const next = look(id, model);
    known.set(key, { until: Date.now() + keptMs, sees: next });
    return next;
  };
  return async (id, models) => {
    const told = await Promise.all(
      models.slice(0, maxModels).map(async (model) => [model, await sees(id, model)] as const),
    );
    return new Map(told.flatMap(([model, one]) => (one === undefined ? [] : [[model, one]])));
  };
}
