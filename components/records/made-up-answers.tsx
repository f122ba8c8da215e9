import { FlaskConical } from 'lucide-react';
import { Badge } from '@/components/ui/display/badge';

/** Answers of a live run that no model gave. */
export function MadeUpAnswers({ partly = false }: { partly?: boolean }) {
  return (
    <Badge
      tone="warning"
      title={`No model was set up for ${partly ? 'some of its steps' : 'its steps'}: their answers are made up.`}
    >
      <FlaskConical aria-hidden /> {partly ? 'Partly made up' : 'Made-up answers'}
    </Badge>
  );
}
