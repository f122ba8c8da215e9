import * as contracts from '@/lib/files/contract';
import { getFileText } from '@/server/files/get-file-text';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.getFileText, getFileText),
});
