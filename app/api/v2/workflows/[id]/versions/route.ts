import * as contracts from '@/lib/workflows/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { listVersions } from '@/server/workflows/list-versions';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.listVersions, listVersions),
});
