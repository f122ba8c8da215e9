import { respondAuth } from '@/server/http/respond-auth';

export const GET = respondAuth;
export const POST = respondAuth;
export const PUT = respondAuth;
export const PATCH = respondAuth;
export const DELETE = respondAuth;
