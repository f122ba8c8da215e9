import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A way through to a server on this machine, which can be cut, blocked, or made to lose answers. */
export type Way = Readonly<{
  port: number;
  /** Resets every connection. */
  cut(): void;
  /** Lets nothing through, new connections included, for this long. */
  stall(ms: number): Promise<void>;
  /**
   * The next `count` requests that hold one of `marks` go through; their connections break when the answer comes. Who
   * asked cannot know that it was done.
   */
  loseAnswers(count: number, marks: readonly string[]): void;
  /** Answers that were lost so far. */
  lost(): number;
  close(): Promise<void>;
}>;

export async function openWay(targetPort: number): Promise<Way> {
  const sockets = new Set<Socket>();
  let stalledUntil = 0;
  let toLose = 0;
  let lost = 0;
  let marks: readonly string[] = [];

  const server = createServer({ noDelay: true }, (client) => {
    const upstream = connect({ port: targetPort, host: '127.0.0.1', noDelay: true });
    let losing = false;
    const end = () => {
      for (const socket of [client, upstream]) {
        sockets.delete(socket);
        if (!socket.destroyed) socket.resetAndDestroy();
      }
    };
    const forward = (from: Socket, to: Socket, seen: (data: Buffer) => boolean) => {
      sockets.add(from);
      from.on('data', (data) => {
        if (!seen(data)) return end();
        if (!to.write(data)) from.pause();
      });
      to.on('drain', () => {
        if (Date.now() >= stalledUntil) from.resume();
      });
      from.on('error', end).on('close', end);
      if (Date.now() < stalledUntil) from.pause();
    };
    forward(client, upstream, (data) => {
      if (toLose > 0 && !losing && marks.some((mark) => data.includes(mark))) {
        toLose -= 1;
        losing = true;
      }
      return true;
    });
    forward(upstream, client, () => {
      if (losing) lost += 1;
      return !losing;
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    cut() {
      for (const socket of sockets) socket.resetAndDestroy();
    },
    async stall(ms) {
      stalledUntil = Math.max(stalledUntil, Date.now() + ms);
      for (const socket of sockets) socket.pause();
      while (Date.now() < stalledUntil) await sleep(stalledUntil - Date.now());
      for (const socket of sockets) socket.resume();
    },
    loseAnswers(count, named) {
      toLose = count;
      marks = named;
    },
    lost: () => lost,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
