import * as contracts from '@/lib/files/uploads/contract';
import { createUpload } from '@/server/files/uploads/create-upload';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.createUpload, createUpload),
});
