import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalogue } from '@/lib/services/ready/catalogue';
import { buildRequest, type ServiceRequest } from '@/lib/services/request/build-request';
import type { Operation } from '@/lib/services/schema';
import { sampleValues } from '@/lib/services/testing/sample-values';
import { at } from '@/lib/values/unknown';
import { createEgress, type Egress } from '@/server/egress/client';

/** What each operation sends, read through by hand against the vendors' documentation. Written anew with WRITE_REQUESTS=1. */
const file = join(import.meta.dirname, '../../lib/services/testing/requests.json');
const expected: Record<string, string[]> = JSON.parse(readFileSync(file, 'utf8'));

type Seen = { method: string; url: string; headers: Record<string, unknown>; body: string };
let egress: Egress;
let origin: string;
let last: Seen | undefined;
const server = createServer((incoming, response) => {
  let body = '';
  incoming.setEncoding('utf8').on('data', (part) => {
    body += part;
  });
  incoming.on('end', () => {
    const { method = '', url = '', headers } = incoming;
    last = { method, url, headers, body };
    response.end('{}');
  });
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  origin = `http://127.0.0.1:${port}`;
  egress = createEgress({ egressAllow: [{ host: '127.0.0.1', port }] });
});
afterAll(async () => {
  await egress?.close();
  server.close();
});

/** Sends a request to the stand-in in place of the vendor, and says what came there. */
async function sent({ url, method, headers, body }: ServiceRequest): Promise<string[]> {
  const { pathname, search, origin: vendor } = new URL(url);
  const request = { method, url: `${origin}${pathname}${search}`, headers };
  await egress.request({
    ...request,
    ...(body === undefined ? {} : { body }),
    ...{ timeoutMs: 10_000, maxBytes: 1_000 },
  });
  if (last === undefined) throw new Error('nothing came');
  const { url: path, headers: came, body: text } = last;
  const kept = ['accept', 'content-type', 'notion-version', 'x-github-api-version'];
  const told = kept.flatMap((name) =>
    came[name] === undefined ? [] : [`${name}: ${String(came[name])}`],
  );
  return [
    `${last.method} ${vendor}${path}`,
    told.join('; '),
    ...(text === '' ? [] : [readable(text)]),
  ];
}

/** The message within a body of Gmail as its text. */
function readable(body: string): string {
  const json: unknown = body.startsWith('{') ? JSON.parse(body) : undefined;
  const raw = at(json, 'raw') ?? at(json, 'message', 'raw');
  return typeof raw === 'string'
    ? body.replace(raw, Buffer.from(raw, 'base64url').toString('utf8'))
    : body;
}

const all = Object.values(catalogue).flatMap((service) =>
  service.operations.map((operation) => ({
    name: `${service.name} ${operation.id}`,
    service,
    operation,
  })),
);

test(`${all.length} operations of ${Object.keys(catalogue).length} services send what they should`, async () => {
  const requests: Record<string, string[]> = {};
  for (const { name, service, operation } of all) {
    const values = sampleValues(operation);
    requests[name] = await sent(
      buildRequest(operation, service.serverUrl, { values, boundary: 'edge' }),
    );
  }
  if (process.env.WRITE_REQUESTS) writeFileSync(file, `${JSON.stringify(requests, null, 2)}\n`);
  expect(requests).toEqual(expected);
});

const openNames = (url: string) => [...url.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);

test.each(all)(
  '$name needs no more than its required fields, and no field is lost',
  ({ service, operation }) => {
    const values = sampleValues(operation);
    const needed = new Map(
      [...values].filter(([key]) => operation.fields.find((one) => one.key === key)?.required),
    );
    const { url } = buildRequest(operation, service.serverUrl, {
      values: needed,
      boundary: 'edge',
    });
    const secret = service.auth.find((one) => one.in === 'path')?.name;
    expect(openNames(url)).toEqual(secret === undefined ? [] : [secret]);
    expect(new Set(operation.fields.map(({ key }) => key)).size).toBe(operation.fields.length);
    const whole = buildRequest(operation, service.serverUrl, { values, boundary: 'edge' });
    for (const field of operation.fields) {
      const without = new Map([...values].filter(([key]) => key !== field.key));
      const make = () =>
        buildRequest(operation, service.serverUrl, { values: without, boundary: 'edge' });
      if (field.required) expect(make).toThrow('Enter');
      else expect(make()).not.toEqual(whole);
    }
    expect(fieldOfPages(operation)).toBe(true);
  },
);

/** The field that takes the cursor is one of the operation's. */
function fieldOfPages({ pages, fields }: Operation): boolean {
  return (
    pages === undefined || !('field' in pages) || fields.some(({ key }) => key === pages.field)
  );
}
