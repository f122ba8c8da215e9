'use client';

import { Check, CloudOff, CloudUpload, LoaderCircle, TriangleAlert } from 'lucide-react';
import { useOpenDraft } from '@/components/session/session';
import { Tooltip } from '@/components/ui/controls/tooltip';
import { plural } from '@/components/ui/format';

/** "Saved" is a promise: the server has committed every edit. */
export function SaveState() {
  const { phase, pending, error } = useOpenDraft();
  const looks = {
    loading: {
      icon: <LoaderCircle className="animate-spin" />,
      text: 'Opening',
      note: 'Opening the workflow',
    },
    saved: { icon: <Check />, text: 'Saved', note: 'All changes are saved on the server' },
    // It stands still: something that turns beside each letter costs more than the letter.
    saving: {
      icon: <CloudUpload />,
      text: 'Saving',
      note: `Saving ${plural(pending, 'change')}`,
    },
    offline: {
      icon: <CloudOff />,
      text: pending > 0 ? `Offline, ${pending}` : 'Offline',
      note:
        pending > 0
          ? `${plural(pending, 'change')} kept in this browser; they sync when you reconnect`
          : 'Keep editing: your changes sync when you reconnect',
    },
    refused: { icon: <TriangleAlert />, text: 'Not open', note: error?.message ?? 'Refused' },
  } as const;
  const look = looks[phase];
  const tone =
    phase === 'offline' ? 'text-warning' : phase === 'refused' ? 'text-danger' : 'text-faint';
  return (
    <Tooltip label={look.note}>
      <span
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the explanation in the tooltip must be reachable by keyboard
        tabIndex={0}
        data-save-state={phase}
        className={`flex items-center gap-1.5 rounded-sm px-1 text-xs tabular [&_svg]:size-3.5 ${tone}`}
      >
        {look.icon}
        <span className="max-sm:sr-only">{look.text}</span>
      </span>
    </Tooltip>
  );
}
