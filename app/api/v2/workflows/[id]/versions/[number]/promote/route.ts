import * as contracts from '@/lib/workflows/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { promoteVersion } from '@/server/workflows/promote-version';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.promoteVersion, promoteVersion),
});
