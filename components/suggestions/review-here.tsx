'use client';

import type { ReactNode } from 'react';
import { ReviewProvider, useReviewHere } from './use-review';

/** Provides the suggestion under review to everything below. */
export function ReviewHere({ children }: { children: ReactNode }) {
  return <ReviewProvider value={useReviewHere()}>{children}</ReviewProvider>;
}
