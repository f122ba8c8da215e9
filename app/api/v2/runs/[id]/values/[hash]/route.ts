import * as contracts from '@/lib/runs/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { readRunValue } from '@/server/runs/reading/read-value';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.readRunValue, readRunValue),
});
