import * as contracts from '@/lib/files/contract';
import { listFiles } from '@/server/files/list-files';
import { uploadFile } from '@/server/files/upload-file';
import { handle, handleUnread } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.listFiles, listFiles),
  POST: handleUnread(contracts.uploadFile, uploadFile),
});
