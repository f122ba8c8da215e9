import type { RejectedEdits } from '@/components/realtime/offline-store/rejected';
import { plural } from '@/components/ui/format';

/** "12 edits could not be saved: your role is now viewer." */
export const sentenceOf = ({ count, why }: RejectedEdits): string =>
  `${plural(count, 'edit')} could not be saved: ${why.words}.`;
