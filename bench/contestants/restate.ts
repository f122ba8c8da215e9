import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { childEnvironment } from '@/server/config';
import { freePort } from '@/server/embedded/port';
import { requirePeer, resolvePeer } from '../peers';
import { type Contestant, chainSteps, createStarts, fanWidth, type Shape } from './contestant';
import { post, startProgram, untilOk } from './program';

type RequestHandler = (request: Http2ServerRequest, response: Http2ServerResponse) => void;

/** The parts of Restate's SDK that these runs need. */
type Context = { run(name: string, work: () => null): Promise<null> };
type Restate = {
  service(definition: {
    name: string;
    handlers: Record<string, (context: Context, id: string) => Promise<null>>;
  }): unknown;
  createEndpointHandler(options: { services: unknown[]; logger: () => void }): RequestHandler;
  RestatePromise: { all(values: Promise<null>[]): Promise<null[]> };
};

/**
 * Restate's server with its defaults (one node, fsync on), from npm under the Business Source License: it is installed
 * to be measured and never part of the product. As its documentation shows: a service with a handler in this process,
 * each step a `ctx.run`, called through the server's ingress.
 */
export async function openRestate(shape: Shape): Promise<Contestant> {
  const restate = requirePeer('@restatedev/restate-sdk') as Restate;
  const starts = createStarts();
  const first = (context: Context, id: string) =>
    context.run('s0', () => {
      starts.begin(id);
      return null;
    });
  const chain = async (context: Context, id: string) => {
    await first(context, id);
    for (let n = 1; n < chainSteps; n += 1) await context.run(`s${n}`, () => null);
    return null;
  };
  const fanOut = async (context: Context, id: string) => {
    await first(context, id);
    await restate.RestatePromise.all(
      Array.from({ length: fanWidth }, (_, n) => context.run(`b${n}`, () => null)),
    );
    return context.run('last', () => null);
  };
  const run = shape === 'chain' ? chain : fanOut;
  const service = restate.service({ name: 'bench', handlers: { run } });
  const servicePort = await freePort();
  // Its own logger writes two lines for each run.
  const handler = restate.createEndpointHandler({ services: [service], logger: () => undefined });
  const endpoint = createServer(handler).listen(servicePort, '127.0.0.1');

  const folder = mkdtempSync(join(tmpdir(), 'ensemble-restate-'));
  const [ingress, admin, node] = [await freePort(), await freePort(), await freePort()];
  const server = startProgram(
    resolvePeer(
      `@restatedev/restate-server-${process.platform}-${process.arch}/bin/restate-server`,
    ),
    ['--no-logo', '--base-dir', folder, '--listen-mode', 'tcp'],
    childEnvironment({
      RESTATE_BIND_IP: '127.0.0.1',
      RESTATE_BIND_PORT: `${node}`,
      RESTATE_ADVERTISED_HOST: '127.0.0.1',
      RESTATE_INGRESS__BIND_PORT: `${ingress}`,
      RESTATE_ADMIN__BIND_PORT: `${admin}`,
      RESTATE_DISABLE_TELEMETRY: 'true',
      DO_NOT_TRACK: '1',
      RESTATE_LOG_FILTER: 'error',
    }),
  );
  await untilOk(`http://127.0.0.1:${admin}/health`, server);
  await untilOk(`http://127.0.0.1:${ingress}/restate/health`, server);
  await post(`http://127.0.0.1:${admin}/deployments`, { uri: `http://127.0.0.1:${servicePort}` });
  return {
    name: 'restate',
    async run() {
      const id = randomUUID();
      await post(`http://127.0.0.1:${ingress}/bench/run`, id);
      return starts.end(id);
    },
    async close() {
      await server.stop();
      endpoint.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
