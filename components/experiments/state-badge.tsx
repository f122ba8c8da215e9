import { Badge } from '@/components/ui/display/badge';
import type { ExperimentState } from '@/lib/experiments/schema';
import { stateTitles } from '@/lib/experiments/words';

const tones = { running: 'info', ended: 'neutral', stopped: 'danger' } as const;

export function StateBadge({ state }: { state: ExperimentState }) {
  return <Badge tone={tones[state]}>{stateTitles[state]}</Badge>;
}
