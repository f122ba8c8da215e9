import { contracts } from '@/lib/api/contracts';
import { openApiDocument } from '@/lib/api/openapi';
import product from '@/package.json';
import { services } from '@/server/services';
import { respondJson } from './respond';

/** The OpenAPI document of this server, drawn from the contracts. Needs no account: the docs page is as open. */
export async function respondOpenApi(): Promise<Response> {
  const { url } = services().config;
  return respondJson(openApiDocument(contracts, { url, version: product.version }), 200, {
    'Cache-Control': 'public, max-age=60',
  });
}
