import { createHash, timingSafeEqual } from 'node:crypto';
import { AppError } from '@/lib/api/errors';
import { wasForwarded } from '@/server/front/client';
import { hostName, isLoopbackName } from '@/server/front/own-host';
import { messageMetrics } from '@/server/messages/stats/message-metrics';
import { runMetrics } from '@/server/runs/upkeep/metrics';
import { services } from '@/server/services';
import { respondError } from './respond';

/**
 * Figures for Prometheus. With `ENSEMBLE_METRICS_TOKEN` it asks for that as a bearer token; without one it answers only
 * to this machine: where the server listens on it alone, under a name of it, and through no proxy. It is not there otherwise.
 */
export async function respondMetrics(request: Request): Promise<Response> {
  const { config, log } = services();
  try {
    if (!isAllowed(request, config)) {
      throw new AppError('not_found', 'There is nothing here.');
    }
    const { healthPool } = services();
    const bodies = await Promise.all([runMetrics(services()), messageMetrics(healthPool)]);
    return new Response(bodies.join(''), {
      headers: { 'Content-Type': 'text/plain; version=0.0.4', 'Cache-Control': 'no-store' },
    });
  } catch (error) {
    return respondError(log, error, 'metrics');
  }
}

function isAllowed(
  request: Request,
  { metricsToken, host }: { metricsToken: string | undefined; host: string },
): boolean {
  if (metricsToken === undefined) {
    const asked = hostName(request.headers.get('host'));
    const local = isLoopbackName(host) && asked !== undefined && isLoopbackName(asked);
    return local && !wasForwarded(request.headers);
  }
  const given = request.headers.get('authorization')?.replace(/^Bearer /i, '') ?? '';
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(metricsToken));
}
