import * as contracts from '@/lib/chat/feedback/contract';
import { giveFeedback } from '@/server/chat/feedback/give-feedback';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  PUT: handle(contracts.giveFeedback, giveFeedback),
});
