import { respondNowhere } from '@/server/http/respond-nowhere';

export const GET = respondNowhere;
export const POST = respondNowhere;
export const PUT = respondNowhere;
export const PATCH = respondNowhere;
export const DELETE = respondNowhere;
