import * as contracts from '@/lib/memory/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { exportSpace } from '@/server/memory/spaces/export-space';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.exportSpace, exportSpace),
});
