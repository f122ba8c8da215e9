import * as contracts from '@/lib/connections/contract';
import { testConnection } from '@/server/connections/test-connection';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(contracts.testConnection, testConnection),
});
