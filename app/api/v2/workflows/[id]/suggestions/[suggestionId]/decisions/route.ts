import * as contracts from '@/lib/suggestions/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { decideSuggestion } from '@/server/suggestions/decide-suggestion';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.decideSuggestion, decideSuggestion),
});
