import * as contracts from '@/lib/history/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { beginRestore } from '@/server/workflows/history/begin-restore';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.beginRestore, beginRestore),
});
