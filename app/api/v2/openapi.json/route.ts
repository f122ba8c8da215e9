import { respondOpenApi } from '@/server/http/respond-openapi';
import { route } from '@/server/http/route';

export const { GET, POST, PUT, PATCH, DELETE } = route({ GET: respondOpenApi });
