'use client';

import { Skeleton } from '@/components/ui/display/skeleton';
import { later } from '@/components/ui/later';
import type { WaitProps } from './what-waits';

/** What a step waits for. Few steps do, and its forms and the debugger weigh more than a page: their code comes later. */
export const WaitBox = later<WaitProps>(
  () => import('./what-waits').then((found) => found.WhatWaits),
  () => <Skeleton className="h-16 w-full rounded-lg" />,
);
