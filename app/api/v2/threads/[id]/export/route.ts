import { exportThread as contract } from '@/lib/chat/commands/contract';
import { exportThread } from '@/server/chat/commands/export-thread';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contract, exportThread),
});
