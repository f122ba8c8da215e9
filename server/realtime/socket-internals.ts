import type { Server, Socket } from 'socket.io';
import { at, listIn } from '@/lib/values/unknown';

// What the types of socket.io and engine.io do not show. Nothing else reads their private parts, and a test fails when
// a new version of them has others.

/** Bytes that wait in the web socket, and in engine.io until the web socket took what was before; stops behind `enough`. */
export function unsentBytes({ conn }: Pick<Socket, 'conn'>, enough: number): number {
  const buffered = at(conn, 'transport', 'socket', 'bufferedAmount');
  let sum = typeof buffered === 'number' ? buffered : 0;
  for (const packet of listIn(at(conn, 'writeBuffer'))) {
    const data = at(packet, 'data');
    if (typeof data === 'string') sum += data.length;
    else if (data instanceof Uint8Array) sum += data.byteLength;
    if (sum > enough) break;
  }
  return sum;
}

/**
 * Makes the frame of a broadcast one piece of memory: in two, each socket of a room would put them together anew, which
 * costs more than all the rest of sending it. False where the adapter has no such encoder.
 */
export function joinFrames(io: Server): boolean {
  const adapter: object = io.of('/').adapter;
  const encode: unknown = Reflect.get(adapter, '_encode');
  if (typeof encode !== 'function') return false;
  const joined = (packet: unknown, options: { wsPreEncodedFrame?: Buffer[] }): unknown => {
    const encoded: unknown = Reflect.apply(encode, adapter, [packet, options]);
    const frame = options.wsPreEncodedFrame;
    if (frame && frame.length > 1) options.wsPreEncodedFrame = [Buffer.concat(frame)];
    return encoded;
  };
  return Reflect.set(adapter, '_encode', joined);
}
