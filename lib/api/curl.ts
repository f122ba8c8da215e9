import type { z } from 'zod';
import type { Contract } from './define-route';
import { headersOf, takesBody } from './openapi';

/**
 * A call of a contract as one would type it. Path parameters become shell variables, the body an example.
 * `url` is the public address without a slash at its end.
 */
export function curlOf(contract: Contract, url: string, body: unknown): string {
  const path = contract.path.replace(/\{(\w+)\}/g, (_, name: string) => `$${variable(name)}`);
  const lines = [`curl ${url}/api/v2${path}${queryOf(contract)}`];
  if (contract.method !== 'GET') lines.push(`-X ${contract.method}`);
  if (contract.permission !== 'anyone') lines.push('-H "Authorization: Bearer $ENSEMBLE_KEY"');
  if ('idempotency-key' in headersOf(contract).shape)
    lines.push('-H "Idempotency-Key: $(uuidgen)"');
  if (takesBody(contract)) {
    const type = contract.accepts[0] ?? 'application/json';
    lines.push(`-H "Content-Type: ${type}"`);
    lines.push(body === undefined ? '--data-binary @file' : `-d '${JSON.stringify(body)}'`);
  }
  return lines.join(' \\\n  ');
}

function queryOf(contract: Contract): string {
  const required = Object.entries(contract.query.shape)
    .filter(([, schema]) => !(schema as z.ZodType).safeParse(undefined).success)
    .map(([name]) => `${name}=$${variable(name)}`);
  return required.length > 0 ? `?${required.join('&')}` : '';
}

function variable(name: string): string {
  return name.replace(/([A-Z])/g, '_$1').toUpperCase();
}
