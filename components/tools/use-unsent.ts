'use client';

import { useState } from 'react';
import { unsent } from '@/components/data/unsent/unsent';
import { useActor } from '@/components/shell/actor-context';

const parts = ['args', 'word'] as const;
type Part = (typeof parts)[number];

const placeOf = (userId: string, callId: string, part: Part) => `${userId}.call.${callId}.${part}`;

/**
 * What was typed into the card of a call and not sent. A step that waits looks now and then whether it was answered, and
 * its card goes for that moment: what was typed is there again afterwards.
 */
export function useUnsent(
  callId: string,
  part: Part,
): [string | undefined, (text: string) => void] {
  const place = placeOf(useActor().userId, callId, part);
  const [text, setText] = useState(() => unsent.get(place) || undefined);
  const keep = (next: string) => {
    setText(next);
    unsent.set(place, next);
  };
  return [text, keep];
}

/** The call was answered. */
export function forgetUnsent(userId: string, callId: string): void {
  for (const part of parts) unsent.set(placeOf(userId, callId, part), '');
}
