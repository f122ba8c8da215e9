import { contracts } from '@/lib/api/contracts';
import { openApiDocument } from '@/lib/api/openapi';
import product from '@/package.json';
import { services } from '@/server/services';
import { respondText } from './respond';

/** Drawn from the contracts once, at the first question: they are the same for as long as the process lives. */
let drawn: string | undefined;

/** The OpenAPI document of this server. Needs no account: the docs page is as open. */
export async function respondOpenApi(): Promise<Response> {
  const { url } = services().config;
  drawn ??= JSON.stringify(openApiDocument(contracts, { url, version: product.version }));
  return respondText(drawn, 200, { 'Cache-Control': 'public, max-age=60' });
}
