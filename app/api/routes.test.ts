import { expect, test } from 'vitest';
import { contracts } from '@/lib/api/contracts';
import type { Handler } from '@/server/http/handle';
import { routeFiles } from './testing/routes';

const files = routeFiles().filter(({ path }) => path.startsWith('/api/v2/'));

/** `GET /workflows/{id}` for each handler that has a contract, by the place where its file lies. */
async function routes(): Promise<{ place: string; handler: Handler }[]> {
  const loaded = await Promise.all(
    files.map(async ({ path, load }) => {
      const place = path.replace('/api/v2', '').replace(/\[(?:\.{3})?(\w+)\]/g, '{$1}');
      return Object.entries(await load()).map(([method, handler]) => ({
        place: `${method} ${place}`,
        handler,
      }));
    }),
  );
  return loaded.flat().filter(({ handler }) => handler.contract !== undefined);
}

test('every contract has a route, and every route with a contract is that contract’s', async () => {
  const found = (await routes()).map(({ place, handler }) => `${place} is ${handler.contract.id}`);
  const expected = contracts.map(({ id, method, path }) => `${method} ${path} is ${id}`);
  expect(found.sort()).toEqual(expected.sort());
}, 60_000);

test('every route file answers all methods', async () => {
  for (const { path, load } of files) {
    // Pages of other origins may ask a webhook first whether they may send.
    const preflight = path.includes('/hooks/') ? ['OPTIONS'] : [];
    expect(Object.keys(await load()).sort(), path).toEqual([
      'DELETE',
      'GET',
      ...preflight,
      'PATCH',
      'POST',
      'PUT',
    ]);
  }
}, 60_000);
