import { exactTime } from '@/components/ui/format';
import type { RunSummary } from '@/lib/runs/contract';

const clock = (date: Date) =>
  date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });

type Ran = Pick<RunSummary, 'version' | 'draft' | 'only'>;

/** What a run ran: "v3", "Draft, 10:03" or "One step, draft, 10:03"; nothing for a run of no workflow. */
export function ranWhat({ version, draft, only }: Ran) {
  if (draft === undefined) return version === null ? undefined : `v${version}`;
  const at = new Date(draft);
  const today = at.toDateString() === new Date().toDateString();
  return `${only ? 'One step, draft' : 'Draft'}, ${today ? clock(at) : exactTime(at)}`;
}

/** The same with who ran it, where it is a draft: "Draft, 10:03, by Ana". */
export function ranWhatBy(run: Ran & Pick<RunSummary, 'startedBy'>) {
  const what = ranWhat(run);
  return run.draft === undefined || run.startedBy === null ? what : `${what}, by ${run.startedBy}`;
}
