'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useDeferredValue, useEffect, useState } from 'react';
import { z } from 'zod';
import { call } from '@/components/data/call';
import { unsent } from '@/components/data/unsent/unsent';
import { readJson } from '@/lib/api/json/read-json';
import { markAt, withoutMark } from '@/lib/chat/mark-at';
import { findMarks } from '@/lib/chat/marks/contract';
import { type Mark, markKey, markSchema, maxMarks } from '@/lib/chat/marks/mark';
import { markKinds } from './mark-kinds';
import { useSuggestions } from './suggestions';

/** Where things can be named with `#`: beside a workflow its own steps come first. */
export type Marking = { workflowId?: string | undefined };

/** Things of the workspace that are named with `#` for one message, and the list that they are chosen from. */
export function useMarking(
  marking: Marking | undefined,
  { text, caret, place }: { text: string; caret: number; place: string },
  write: (text: string) => void,
) {
  const [named, setNamed] = useState<Mark[]>([]);
  const key = `${place}:marks`;
  // After the first paint: the server does not know it. They survive a reload as the text does.
  useEffect(() => setNamed(readNamed(unsent.get(key))), [key]);
  const keep = (next: Mark[]) => {
    setNamed(next);
    unsent.set(key, next.length === 0 ? '' : JSON.stringify(next));
  };
  const mark = markAt(text, caret);
  const on = marking !== undefined && mark?.mark === '#' && named.length < maxMarks;
  const q = useDeferredValue(on ? mark.query : '');
  const found = useQuery({
    // Under the nouns' own keys it would be asked again with every change of any of them.
    queryKey: ['chat-marks', q, marking?.workflowId],
    queryFn: ({ signal }) =>
      call(
        findMarks,
        { query: { q, ...(marking?.workflowId ? { workflowId: marking.workflowId } : {}) } },
        { signal },
      ),
    enabled: on,
    placeholderData: keepPreviousData,
  });
  const taken = new Set(named.map(markKey));
  // What was found for other letters stays only where it has these, too: Enter takes nothing else.
  const late = found.isPlaceholderData || q !== (mark?.query ?? '');
  const fits = ({ name }: Mark) => name.toLowerCase().includes((mark?.query ?? '').toLowerCase());
  const items = (on ? (found.data?.items ?? []) : []).filter(
    (item) => !taken.has(markKey(item.mark)) && (!late || fits(item.mark)),
  );
  const suggestions = useSuggestions(
    items.map(({ mark: each, detail }) => {
      const { heading, icon: Icon } = markKinds[each.kind];
      return {
        ...{ key: markKey(each), label: each.name, hint: detail, group: heading },
        mark: <Icon aria-hidden className="size-3.5 shrink-0 text-muted" />,
        take: () => {
          keep([...named, each]);
          if (mark) write(withoutMark(text, mark));
        },
      };
    }),
    mark ? `${mark.from} ${mark.query}` : '',
  );
  return {
    ...suggestions,
    onKeyDown(event: KeyboardEvent): boolean {
      if (suggestions.onKeyDown(event)) return true;
      // What is looked for may come in a moment: until then nothing is sent without it.
      const early = on && found.isFetching && event.key === 'Enter' && !event.shiftKey;
      if (early) event.preventDefault();
      return early;
    },
    /** Somebody has typed `#` and some letters, and nothing has such a name. */
    nothing: on && q !== '' && found.isSuccess && !late && items.length === 0,
    named,
    remove: (gone: Mark) => keep(named.filter((each) => markKey(each) !== markKey(gone))),
    clear: () => keep([]),
  };
}

function readNamed(text: string): Mark[] {
  const read = text === '' ? undefined : readJson(text);
  return z
    .array(markSchema)
    .catch([])
    .parse(read?.ok ? read.value : []);
}
