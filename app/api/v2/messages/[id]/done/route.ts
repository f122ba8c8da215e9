import * as contracts from '@/lib/messages/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { finishMessage } from '@/server/messages/finish-message';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.finishMessage, finishMessage),
});
