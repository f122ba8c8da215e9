import type { Server } from 'socket.io';
import { realtimeLimits } from '@/lib/realtime/messages';
import { createBudget } from './budget';
import type { Peer } from './peer';
import { unsentBytes } from './socket-internals';

/** Bytes that may wait for a socket for a second. */
const maxUnsent = 1_048_576;
/** Bytes that may wait for it at any moment when it is looked at. */
const maxUnsentEver = 4 * maxUnsent;
/** Packets that a connection may send at once, whatever they are, before and after somebody is signed in. */
const burst = realtimeLimits.messagesPerSecond * 3;

/**
 * Cuts connections that send more packets than any client has reason to: also those that are no messages, and those
 * of whom nobody knows yet who they are.
 */
export function guardConnections(io: Server): void {
  io.engine.on('connection', (connection: Peer['socket']['conn']) => {
    const packets = createBudget(realtimeLimits.messagesPerSecond, burst);
    connection.on('packet', () => {
      if (!packets.take(performance.now())) connection.close(true);
    });
  });
}

/**
 * Cuts a socket that takes its messages too slowly: it comes back and catches up from the rows. Called every second
 * for each.
 */
export function cutSlow(peer: Peer): void {
  const unsent = unsentBytes(peer.socket, maxUnsentEver);
  peer.slowFor = unsent > maxUnsent ? peer.slowFor + 1 : 0;
  // At once, without what waits: it would be kept for as long as it is not taken.
  if (peer.slowFor > 1 || unsent > maxUnsentEver) {
    peer.socket.conn.close(true);
  }
}

/** Whether so much waits for a socket that nothing large may be made for it. */
export function hasEnough(peer: Peer): boolean {
  return unsentBytes(peer.socket, maxUnsentEver) > maxUnsent;
}
