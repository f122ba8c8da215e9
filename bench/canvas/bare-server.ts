import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';

/** Serves the bare page on loopback. */
export async function serveBarePage(): Promise<{ url: string; close(): void }> {
  const bundle = await build({
    entryPoints: [join(import.meta.dirname, 'bare.tsx')],
    bundle: true,
    minify: true,
    write: false,
    outdir: '/',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const files = new Map(
    bundle.outputFiles.map(({ path, text }) => [
      path.endsWith('.css') ? '/bare.css' : '/bare.js',
      text,
    ]),
  );
  const page =
    '<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="/bare.css">' +
    '<body style="margin:0"><script src="/bare.js"></script></body>';
  const server = createServer((request, response) => {
    const file = files.get(request.url ?? '/');
    const type = request.url?.endsWith('.js') ? 'text/javascript' : 'text/css';
    response.writeHead(200, { 'content-type': file === undefined ? 'text/html' : type });
    response.end(file ?? page);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}
