import * as contracts from '@/lib/files/contract';
import { listFiles } from '@/server/files/list-files';
import { uploadFile } from '@/server/files/upload-file';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.listFiles, listFiles),
  POST: handle(contracts.uploadFile, uploadFile),
});
