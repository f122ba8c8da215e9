import { once } from 'node:events';
import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { expect, test } from 'vitest';
import { socketPath } from '@/lib/realtime/messages';
import { at } from '@/lib/values/unknown';
import { joinFrames, unsentBytes } from './socket-internals';
import { connected, openSocket } from './testing/client';

test('socket.io and engine.io have the private parts that are used', async () => {
  const http = createServer().listen(0, '127.0.0.1');
  await once(http, 'listening');
  const options = { path: socketPath, addTrailingSlash: false };
  const io = new Server(http, { ...options, transports: ['websocket'] });
  try {
    expect(joinFrames(io)).toBe(true);
    const address = http.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const accepted = once(io, 'connection');
    const client = openSocket(`http://127.0.0.1:${address.port}`, undefined);
    await connected(client);
    const [socket] = await accepted;
    expect(at(socket.conn, 'writeBuffer')).toBeInstanceOf(Array);
    expect(at(socket.conn, 'transport', 'socket', 'bufferedAmount')).toEqual(expect.any(Number));
    const given = new Promise<string>((resolve) => client.once('hello', resolve));
    io.local.emit('hello', 'x'.repeat(100_000));
    expect(unsentBytes(socket, 1_000_000)).toBeGreaterThanOrEqual(0);
    const frame: { wsPreEncodedFrame?: Buffer[] } = {};
    const encode: unknown = Reflect.get(io.of('/').adapter, '_encode');
    if (typeof encode !== 'function') throw new Error('no encoder');
    Reflect.apply(encode, io.of('/').adapter, [{ type: 2, nsp: '/', data: ['a', 'b'] }, frame]);
    expect(frame.wsPreEncodedFrame).toHaveLength(1);
    expect(await given).toHaveLength(100_000);
    client.disconnect();
  } finally {
    await io.close();
  }
});
