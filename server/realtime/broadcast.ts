import type { Server } from 'socket.io';
import type { ServerMessages } from '@/lib/realtime/messages';
import { packUpdates } from '@/lib/realtime/pack';
import { roomOf } from './peer';
import type { HubParts } from './room/hub';
import { joinFrames } from './socket-internals';

export type Broadcast = Pick<HubParts, 'relay' | 'relayPresence' | 'relayLocks' | 'relayNotice'> & {
  emit(room: string, event: string, message: object): void;
};

/** Sends to all sockets of this process that follow something. */
export function createBroadcast(io: Server): Broadcast {
  joinFrames(io);
  const toDraft = <Name extends keyof ServerMessages>(
    event: Name,
    message: ServerMessages[Name] & { workflowId: string },
  ) => void io.local.to(roomOf('draft', message.workflowId)).emit(event, message);
  return {
    emit: (room, event, message) => void io.local.to(room).emit(event, message),
    relay: (workflowId, updates) =>
      toDraft('draft.updates', {
        workflowId,
        updates: packUpdates(updates.map((update) => update.data)),
        by: updates.map((update) => update.by),
      }),
    relayPresence: (workflowId, update) =>
      void io.local.volatile.to(roomOf('draft', workflowId)).emit('draft.awareness', {
        workflowId,
        update: Buffer.from(update).toString('base64'),
      }),
    relayLocks: (workflowId, locks) => toDraft('draft.locks', { workflowId, locks }),
    relayNotice: (workflowId, text, nodeIds) =>
      toDraft('draft.notice', { workflowId, text, nodeIds }),
  };
}
