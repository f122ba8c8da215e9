import * as contracts from '@/lib/memory/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { listVersions } from '@/server/memory/history/list-versions';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.listVersions, listVersions),
});
