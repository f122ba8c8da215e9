import * as contracts from '@/lib/files/uploads/contract';
import { claimUpload } from '@/server/files/uploads/claim-upload';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.claimUpload, claimUpload),
});
