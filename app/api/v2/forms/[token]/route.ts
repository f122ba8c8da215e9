import * as contracts from '@/lib/triggers/forms/contract';
import { handleAnyone, handleForeign } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { showForm } from '@/server/triggers/forms/show-form';
import { submitForm } from '@/server/triggers/forms/submit-form';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  GET: handleAnyone(contracts.showForm, showForm),
  POST: handleForeign(contracts.submitForm, submitForm),
});
