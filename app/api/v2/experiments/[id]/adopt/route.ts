import * as contracts from '@/lib/experiments/contract';
import { adoptVariant } from '@/server/experiments/adopt-variant';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.adoptVariant, adoptVariant),
});
