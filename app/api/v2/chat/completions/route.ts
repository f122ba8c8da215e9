import { createCompletion as contract } from '@/lib/chat/completions/contract';
import { createCompletion } from '@/server/chat/completions/create-completion';
import { speakOpenAi } from '@/server/chat/completions/speak-openai';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: speakOpenAi(handle(contract, createCompletion)),
});
