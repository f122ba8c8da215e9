import * as contracts from '@/lib/files/contract';
import { getFileUses } from '@/server/files/get-file-uses';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.getFileUses, getFileUses),
});
