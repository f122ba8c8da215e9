'use client';

import type { ComponentProps } from 'react';
import { later } from '@/components/ui/later';
import type { UnsavedLine as Line } from './unsaved-line';

/** {@link Line}, for pages whose first load does without it: seldom is anything unsaved. */
export const UnsavedLine = later<ComponentProps<typeof Line>>(
  () => import('./unsaved-line').then((found) => found.UnsavedLine),
  () => null,
);
