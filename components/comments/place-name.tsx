'use client';

import { useGraph } from '@/components/session/session';
import { placeName } from '@/lib/comments/place-name';
import type { Anchor } from '@/lib/comments/schema';

/** What a comment is about, in words. */
export function PlaceName({ anchor }: { anchor: Anchor }) {
  return useGraph((graph) => placeName(anchor, graph));
}
