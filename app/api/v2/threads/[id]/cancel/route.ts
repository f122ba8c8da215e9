import * as contracts from '@/lib/chat/contract';
import { cancelTurn } from '@/server/chat/cancel-turn';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.cancelTurn, cancelTurn),
});
