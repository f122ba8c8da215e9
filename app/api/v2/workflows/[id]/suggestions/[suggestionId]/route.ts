import * as contracts from '@/lib/suggestions/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { getSuggestion } from '@/server/suggestions/get-suggestion';
import { updateSuggestion } from '@/server/suggestions/update-suggestion';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.getSuggestion, getSuggestion),
  PATCH: handle(contracts.updateSuggestion, updateSuggestion),
});
