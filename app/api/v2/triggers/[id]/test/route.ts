import * as contracts from '@/lib/triggers/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { testTrigger } from '@/server/triggers/test-trigger';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.testTrigger, testTrigger),
});
