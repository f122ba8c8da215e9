import * as contracts from '@/lib/triggers/forms/contract';
import { handleAnyone } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { showSubmission } from '@/server/triggers/forms/show-submission';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handleAnyone(contracts.showSubmission, showSubmission),
});
