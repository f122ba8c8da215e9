import * as contracts from '@/lib/files/uploads/contract';
import { finishUpload } from '@/server/files/uploads/finish-upload';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.finishUpload, finishUpload),
});
