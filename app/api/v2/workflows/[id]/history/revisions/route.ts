import * as contracts from '@/lib/history/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { nameRevision } from '@/server/workflows/history/revisions';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.nameRevision, nameRevision),
});
