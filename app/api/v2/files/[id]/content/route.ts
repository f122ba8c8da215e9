import * as contracts from '@/lib/files/contract';
import { getFileContent } from '@/server/files/get-file-content';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.getFileContent, getFileContent),
});
