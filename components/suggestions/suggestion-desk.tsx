'use client';

import type { ReactNode } from 'react';
import { ReviewProvider, useReviewHere } from './use-review';

/** Knows which suggestion is under review, for everything below. */
export function SuggestionDesk({ children }: { children: ReactNode }) {
  return <ReviewProvider value={useReviewHere()}>{children}</ReviewProvider>;
}
