import { z } from 'zod';

/** Who may open what a link leads to. The names are stored. */
export const linkReaders = ['anyone', 'members'] as const;
export type LinkReader = (typeof linkReaders)[number];

/** How often a link may be used. */
export const maxPerMinute = 600;
export const maxPerDay = 100_000;
export const perMinuteSchema = z.int().min(1).max(maxPerMinute);
export const perDaySchema = z.int().min(1).max(maxPerDay);

/** The end of a link: names its trigger and proves that its owner shared it. */
export const linkTokenSchema = z.string().regex(/^[A-Za-z0-9_-]{44}$/);

/** Where a link leads, below the address of the product. */
export const linkPaths = { form: '/f', chat: '/c' } as const;
