import * as contracts from '@/lib/files/contract';
import { previewFile } from '@/server/files/preview-file';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.previewFile, previewFile),
});
