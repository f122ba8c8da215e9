import { workflowFromDescription } from '@/lib/from-words/contract';
import { makeFromDescription } from '@/server/from-words/make-from-description';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: handle(workflowFromDescription, makeFromDescription),
});
