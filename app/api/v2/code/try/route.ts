import * as contracts from '@/lib/code/contract';
import { tryCode } from '@/server/code/try-code';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.tryCode, tryCode),
});
