'use client';

import {
  CaseSensitive,
  ChevronDown,
  ChevronUp,
  Replace,
  ReplaceAll,
  WholeWord,
} from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useCanEdit, useGraph, useSession } from '@/components/session/session';
import { Button } from '@/components/ui/controls/button';
import { IconButton } from '@/components/ui/controls/icon-button';
import { Input } from '@/components/ui/controls/input';
import { plural } from '@/components/ui/format';
import type { FindOptions, Match } from '@/lib/canvas/matches';
import {
  type Found,
  replaceMatches,
  type SearchableText,
  search,
  searchableTexts,
} from '@/lib/canvas/searchable-texts';
import { FindResults } from './find-results';
import { clearFound, showMatch } from './show-match';
import { wantedText } from './wanted-text';

type Hit = { place: SearchableText; match: Match };

/** Everything that is found, searched anew whenever somebody edits. */
function useFound(wanted: string, options: FindOptions): { found: Found[]; hits: Hit[] } {
  const { copy } = useSession();
  // Notes and the description are in no node: the document's own ticks tell of them.
  const graph = useGraph((now) => now);
  const ticks = useTicks();
  return useMemo(() => {
    void ticks;
    const found = search(searchableTexts(copy.draft, graph), wanted, options);
    const hits = found.flatMap(({ source: place, matches }) =>
      matches.map((match) => ({ place, match })),
    );
    return { found, hits };
  }, [copy, graph, wanted, options, ticks]);
}

function useTicks(): number {
  const { copy } = useSession();
  const [ticks, setTicks] = useState(0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const later = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        setTicks((now) => now + 1);
      }, 150);
    };
    copy.doc.on('update', later);
    return () => {
      clearTimeout(timer);
      copy.doc.off('update', later);
    };
  }, [copy]);
  return ticks;
}

/** Finds and replaces text over the whole workflow: names, descriptions, prompts, code, JSON, notes. */
export function FindPanel() {
  const session = useSession();
  const canEdit = useCanEdit();
  const [wanted, setWanted] = useState(wantedText.current);
  const [by, setBy] = useState('');
  const [options, setOptions] = useState<FindOptions>({ matchCase: false, wholeWord: false });
  const { found, hits } = useFound(wanted, options);
  const [index, setIndex] = useState(-1);
  /** What the last replacing did, until something else is looked for. */
  const [done, setDone] = useState('');
  const at = hits.length === 0 ? -1 : Math.min(index, hits.length - 1);
  const input = useAskedText(setWanted);
  useEffect(() => clearFound, []);

  const show = (next: number, focus = false) => {
    const wrapped = hits.length === 0 ? -1 : (next + hits.length) % hits.length;
    setIndex(wrapped);
    const hit = hits[wrapped];
    if (hit) showMatch(session, hit.place, hit.match, { focus });
  };
  const replaced = (count: number) => {
    const message =
      count === 0 ? 'Nothing was replaced' : `${plural(count, 'match', 'matches')} replaced`;
    session.announcement.set(message);
    setDone(message);
  };
  const replaceOne = () => {
    const hit = hits[Math.max(0, at)];
    if (!hit) return;
    replaced(replaceMatches(session.copy.draft, [{ source: hit.place, matches: [hit.match] }], by));
    // What was replaced is no hit any more: the one that followed it stands at its place in the list.
    setIndex(Math.max(0, at));
  };
  const replaceAll = () => replaced(replaceMatches(session.copy.draft, found, by));
  return (
    <div data-shortcuts="off" className="flex min-h-0 flex-1 flex-col">
      <div className="flex flex-col gap-1.5 border-b p-2">
        <Wanted
          input={input}
          value={wanted}
          options={options}
          onOptions={setOptions}
          onChange={(next) => {
            setWanted(next);
            setIndex(-1);
            setDone('');
            clearFound();
          }}
          onStep={(by) => show(at + by)}
        />
        {canEdit ? (
          <By
            value={by}
            onChange={setBy}
            some={hits.length > 0}
            onOne={replaceOne}
            onAll={replaceAll}
          />
        ) : null}
        <Count
          wanted={wanted}
          at={at}
          count={hits.length}
          done={done}
          onStep={(by) => show(at + by)}
        />
      </div>
      <FindResults
        found={found}
        current={hits[at]}
        onShow={(hit) =>
          show(
            hits.findIndex((each) => each.match === hit),
            true,
          )
        }
      />
      {wanted !== '' && hits.length === 0 && done === '' ? (
        <div className="px-3 py-6 text-center text-sm text-muted">
          <p>No match in this workflow for “{wanted}”.</p>
          {options.matchCase || options.wholeWord ? (
            <Button
              size="sm"
              className="mt-3"
              onClick={() => setOptions({ matchCase: false, wholeWord: false })}
            >
              Remove filters
            </Button>
          ) : null}
        </div>
      ) : null}
    </div>
  );
}

type WantedProps = {
  input: React.RefObject<HTMLInputElement | null>;
  value: string;
  options: FindOptions;
  onOptions: (options: FindOptions) => void;
  onChange: (value: string) => void;
  onStep: (by: 1 | -1) => void;
};

function Wanted({ input, value, options, onOptions, onChange, onStep }: WantedProps) {
  const { actions } = useSession();
  const onKeyDown = (event: React.KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter' && !event.metaKey && !event.ctrlKey) {
      event.preventDefault();
      onStep(event.shiftKey ? -1 : 1);
    } else if (event.key === 'ArrowDown') {
      event.preventDefault();
      const panel = event.currentTarget.closest('[data-shortcuts]');
      panel?.querySelector<HTMLElement>('[data-match]')?.focus();
    } else if (event.key === 'Escape') actions.showLeftPanel(undefined);
  };
  return (
    <div className="relative">
      <Input
        ref={input}
        fieldSize="sm"
        aria-label="Find"
        placeholder="Find in this workflow…"
        className="pr-14"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <span className="absolute inset-y-0 right-0.5 flex items-center">
        <IconButton
          label="Match case"
          size="sm"
          aria-pressed={options.matchCase}
          onClick={() => onOptions({ ...options, matchCase: !options.matchCase })}
        >
          <CaseSensitive />
        </IconButton>
        <IconButton
          label="Whole word"
          size="sm"
          aria-pressed={options.wholeWord}
          onClick={() => onOptions({ ...options, wholeWord: !options.wholeWord })}
        >
          <WholeWord />
        </IconButton>
      </span>
    </div>
  );
}

type ByProps = {
  value: string;
  /** Whether there is anything to replace. */
  some: boolean;
  onChange: (value: string) => void;
  onOne: () => void;
  onAll: () => void;
};

function By({ value, some, onChange, onOne, onAll }: ByProps) {
  return (
    <div className="flex gap-1">
      <Input
        fieldSize="sm"
        aria-label="Replace with"
        placeholder="Replace with…"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.metaKey || event.ctrlKey) return;
          event.preventDefault();
          onOne();
        }}
      />
      <IconButton label="Replace" keys={['Enter']} disabled={!some} onClick={onOne}>
        <Replace />
      </IconButton>
      <IconButton label="Replace all" disabled={!some} onClick={onAll}>
        <ReplaceAll />
      </IconButton>
    </div>
  );
}

type CountProps = {
  wanted: string;
  at: number;
  count: number;
  done: string;
  onStep: (by: 1 | -1) => void;
};

function Count({ wanted, at, count, done, onStep }: CountProps) {
  const found =
    count === 0
      ? done || 'Nothing found'
      : `${at >= 0 ? `${at + 1} of ` : ''}${plural(count, 'match', 'matches')}`;
  return (
    <div className="flex h-6 items-center gap-0.5 text-xs text-muted tabular">
      <span role="status" className="mr-auto pl-0.5">
        {wanted === '' ? 'Names, prompts, code and notes' : found}
      </span>
      <IconButton
        label="Previous match"
        keys={['Shift', 'Enter']}
        size="sm"
        disabled={count === 0}
        onClick={() => onStep(-1)}
      >
        <ChevronUp />
      </IconButton>
      <IconButton
        label="Next match"
        keys={['Enter']}
        size="sm"
        disabled={count === 0}
        onClick={() => onStep(1)}
      >
        <ChevronDown />
      </IconButton>
    </div>
  );
}

/** Takes over the selected text each time the panel is opened by its shortcut. */
function useAskedText(setWanted: (text: string) => void) {
  const { local } = useSession();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    let last = -1;
    const take = () => {
      const { leftPanel: left, leftPanelFocus: leftAsked } = local.get();
      if (left !== 'find' || leftAsked === last) return;
      last = leftAsked;
      if (wantedText.current) setWanted(wantedText.current);
      wantedText.current = '';
      requestAnimationFrame(() => input.current?.select());
    };
    take();
    return local.subscribe(take);
  }, [local, setWanted]);
  return input;
}
