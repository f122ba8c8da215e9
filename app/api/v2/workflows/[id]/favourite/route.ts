import * as contracts from '@/lib/workflows/organise/contract';
import { handle } from '@/server/http/handle';
import { route } from '@/server/http/route';
import { addFavourite, removeFavourite } from '@/server/workflows/organise/favourites';

export const { GET, POST, PUT, PATCH, DELETE } = route({
  PUT: handle(contracts.addFavourite, addFavourite),
  DELETE: handle(contracts.removeFavourite, removeFavourite),
});
