import * as contracts from '@/lib/files/contract';
import { deleteFile } from '@/server/files/delete-file';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  DELETE: handle(contracts.deleteFile, deleteFile),
});
