'use client';

import { FlaskConical } from 'lucide-react';
import Link from 'next/link';
import { useHasModel } from '@/components/data/queries';
import { useCan } from '@/components/shell/actor-context';
import { Badge } from '@/components/ui/display/badge';

/** Beside an answer: no model wrote it, the built-in scripted model made it up. */
export function MadeUpMark() {
  return (
    <Badge tone="warning" title="No model wrote this: it is a made-up answer, and cost nothing.">
      <FlaskConical aria-hidden /> Made up
    </Badge>
  );
}

/** The same with the reason, and with what to do about it for those who may. */
export function MadeUpNote() {
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
      <MadeUpMark />
      <span>
        No model was set up, so this answer is made up. <AddModel />
      </span>
    </span>
  );
}

/** Leads to where a model is set up, for those who may, as long as there is none. */
export function AddModel() {
  const mayAdd = useCan('keys.manage');
  if (useHasModel() !== false || !mayAdd) return null;
  return (
    <Link href="/settings/models" className="text-accent underline underline-offset-2">
      Add a model
    </Link>
  );
}
