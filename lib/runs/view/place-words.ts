import type { PausedStepView } from '@/lib/runs/debug-contract';
import { placeOfChild } from './child-place';

/** Where a paused step stands among the items of its containers: “in item 3 of For each, round 2 of Repeat”. */
export function placeInWords(place: PausedStepView['place']): string {
  if (place.length === 0) return '';
  const parts = place.map(
    (each) => `${placeOfChild(each.type, each).toLowerCase()} of ${each.name}`,
  );
  return `in ${parts.join(', ')}`;
}
