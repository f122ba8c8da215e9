import * as contracts from '@/lib/history/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { getVersion } from '@/server/workflows/history/get-version';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.getVersion, getVersion),
});
