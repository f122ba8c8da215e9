import { createServer, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { createServices } from '@/server/compose';
import { runProcess } from '@/server/main/process';
import { shareServices } from '@/server/services';
import { findRoute, routeFiles } from './routes';

/** The web process without pages, so that a test that kills it needs no build: the same services and routes. */
await runProcess('web', async (config) => {
  const services = await createServices(config, 'web');
  shareServices(services);
  const files = routeFiles();
  const answer = async (incoming: IncomingMessage): Promise<Response> => {
    const url = new URL(incoming.url ?? '/', config.url);
    const found = findRoute(files, url.pathname);
    const { method = 'GET' } = incoming;
    const handler = (await found?.file.load())?.[method];
    if (found === undefined || handler === undefined) return new Response(null, { status: 404 });
    const body = await buffer(incoming);
    const request = new Request(url, {
      method,
      headers: new Headers(
        Object.entries(incoming.headers).flatMap(([name, value]): [string, string][] =>
          typeof value === 'string' ? [[name, value]] : [],
        ),
      ),
      ...(body.length > 0 ? { body: new Uint8Array(body) } : {}),
    });
    const params = Object.keys(found.params).length > 0 ? found.params : undefined;
    return handler(request, { params: Promise.resolve(params) });
  };
  const http = createServer((incoming, outgoing) => {
    answer(incoming)
      .then(async (response) => {
        const cookies = response.headers.getSetCookie();
        const headers = Object.fromEntries(response.headers);
        outgoing.writeHead(response.status, {
          ...headers,
          ...(cookies.length > 0 ? { 'set-cookie': cookies } : {}),
        });
        outgoing.end(Buffer.from(await response.arrayBuffer()));
      })
      .catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => http.listen(config.port, config.host, resolve));
  return async () => {
    http.closeAllConnections();
    await services.close();
  };
});
