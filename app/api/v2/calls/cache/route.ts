import * as contracts from '@/lib/spending/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { clearAnswerCache } from '@/server/models/clear-answer-cache';
import { showAnswerCache } from '@/server/models/show-answer-cache';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.showAnswerCache, showAnswerCache),
  DELETE: handle(contracts.clearAnswerCache, clearAnswerCache),
});
