import { cleanText } from '@/lib/runs/values/clean';
import { gathered, openHeaders, secretHeaders } from '@/lib/triggers/hook-input';
import { type HookSample, maxSampleBytes } from '@/lib/triggers/listening';
import type { UnreadBody } from '@/server/http/handle';
import type { Services } from '@/server/services';
import type { Admission } from './admit-hook';
import type { Hook } from './hook-store';
import { cleanPairs, cleanTexts } from './hook-texts';
import { keepSample } from './listening-store';

/**
 * Keeps a request for who waits to see it, whether or not it could start a run. False where nobody does any more. Its body
 * is read here even where a stranger sent it: once, and no more than any request may have.
 */
export async function sampleHook(
  services: Services,
  hook: Hook,
  body: UnreadBody,
  request: Request,
  admission: Admission,
): Promise<boolean> {
  const bytes = await body.read().catch(() => undefined);
  const kept = await keepSample(services.pool, hook.id, sampleOf(hook, request, bytes, admission));
  if (kept) {
    services.bus.publish(`workspace:${hook.workspaceId}`, { kind: 'trigger', id: hook.id });
  }
  return kept;
}

function sampleOf(
  { config }: Hook,
  request: Request,
  bytes: Uint8Array | undefined,
  admission: Admission,
): HookSample {
  const headers = cleanTexts(openHeaders(request.headers, config.auth));
  const query = new URL(request.url).searchParams;
  return {
    at: new Date().toISOString(),
    method: request.method,
    query: gathered(cleanPairs(query).slice(0, 50)),
    headers,
    hidden: secretHeaders(request.headers.keys(), config.auth),
    contentType: cleanText((request.headers.get('content-type') ?? '').slice(0, 200)),
    body: cleanText(new TextDecoder().decode(bytes?.subarray(0, maxSampleBytes))),
    size: bytes?.byteLength ?? null,
    refused: admission.ok ? null : admission.why,
  };
}
