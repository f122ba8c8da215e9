import { setTour as contract } from '@/lib/people/tour';
import { handleSignedIn } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { setTour } from '@/server/people/workspaces';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  PUT: handleSignedIn(contract, setTour),
});
