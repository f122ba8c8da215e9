import * as contracts from '@/lib/memory/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { importSpace } from '@/server/memory/spaces/import-space';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.importSpace, importSpace),
});
