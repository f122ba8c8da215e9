import { doCommand as contract } from '@/lib/chat/commands/contract';
import { doCommand } from '@/server/chat/commands/do-command';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contract, doCommand),
});
