import * as contracts from '@/lib/files/uploads/contract';
import { cancelUpload } from '@/server/files/uploads/cancel-upload';
import { getUpload } from '@/server/files/uploads/get-upload';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.getUpload, getUpload),
  DELETE: handle(contracts.cancelUpload, cancelUpload),
});
