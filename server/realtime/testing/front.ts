import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** One address before several servers, which loses connections when it is told to. */
export type Front = {
  readonly port: number;
  /** Breaks all connections of a name, or all. */
  cut(name?: string): void;
  /** Breaks them and takes no new ones, until `allow`. */
  refuse(name?: string): void;
  /** Takes connections of a name again; without a name, of everybody. */
  allow(name?: string): void;
  close(): Promise<void>;
};

/**
 * Passes connections on to the port that `target` gives for each; undefined: it is refused. A client over HTTP tells
 * its name in the header `x-editor`; others have none.
 */
export async function openFront(target: () => number | undefined): Promise<Front> {
  const open = new Map<Socket, string>();
  const refused = new Set<string>();
  let refusesAll = false;
  const server = createServer((client) => {
    client.on('error', () => undefined);
    client.once('data', (head: Buffer) => {
      client.pause();
      const name = /\r\nx-editor: (\S+)/i.exec(head.toString('latin1'))?.[1] ?? '';
      const port = refusesAll || refused.has(name) ? undefined : target();
      if (port === undefined) client.resetAndDestroy();
      else pass(client, head, name, port);
    });
  });
  const pass = (client: Socket, head: Buffer, name: string, port: number) => {
    const far = connect(port, '127.0.0.1');
    open.set(client, name);
    client.once('close', () => {
      open.delete(client);
      far.destroy();
    });
    far.once('close', () => client.destroy());
    far.on('error', () => undefined);
    far.setNoDelay(true);
    client.setNoDelay(true);
    far.write(head);
    client.pipe(far);
    far.pipe(client);
  };
  const cut = (name?: string) => {
    for (const [socket, owner] of open) {
      if (name === undefined || owner === name) socket.resetAndDestroy();
    }
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    refuse(name) {
      if (name === undefined) refusesAll = true;
      else refused.add(name);
      cut(name);
    },
    allow(name) {
      if (name === undefined) refusesAll = false;
      if (name === undefined) refused.clear();
      else refused.delete(name);
    },
    async close() {
      refusesAll = true;
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
