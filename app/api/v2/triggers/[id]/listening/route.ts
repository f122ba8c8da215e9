import * as contracts from '@/lib/triggers/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { getListening, listenForTest, stopListening } from '@/server/triggers/listen-for-test';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handle(contracts.getListening, getListening),
  POST: handle(contracts.listenForTest, listenForTest),
  DELETE: handle(contracts.stopListening, stopListening),
});
