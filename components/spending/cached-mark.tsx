import { History } from 'lucide-react';
import { Badge } from '@/components/ui/display/badge';

/** Says that an answer is one of an earlier call. */
export function CachedMark() {
  return (
    <Badge
      tone="info"
      title="The same was asked before, and its answer was given again. No model was asked, no cost."
    >
      <History aria-hidden />
      From cache
    </Badge>
  );
}

/** Whether all answers that a step was given were given before. */
export const isCached = ({
  calls = [],
}: {
  calls?: readonly { cached?: true | undefined }[] | undefined;
}) => calls.length > 0 && calls.every(({ cached }) => cached === true);

/** The same as a small icon, where there is no room for words. */
export function CachedIcon() {
  return <History aria-label="From cache" className="size-3 shrink-0 text-info" />;
}
