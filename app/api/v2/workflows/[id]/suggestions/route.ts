import * as contracts from '@/lib/suggestions/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { createSuggestion } from '@/server/suggestions/create-suggestion';
import { listSuggestions } from '@/server/suggestions/list-suggestions';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.listSuggestions, listSuggestions),
  POST: handle(contracts.createSuggestion, createSuggestion),
});
