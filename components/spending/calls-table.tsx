'use client';

import Link from 'next/link';
import { useState } from 'react';
import { useCalls } from '@/components/data/spending-queries';
import { Button } from '@/components/ui/controls/button';
import { Badge, type BadgeTone } from '@/components/ui/display/badge';
import { EmptyState } from '@/components/ui/display/empty-state';
import { ErrorState } from '@/components/ui/display/error-state';
import { SkeletonRows } from '@/components/ui/display/skeleton';
import { Cell, HeadCell, Table, TableHead, TableRow } from '@/components/ui/display/table';
import { TimeAgo } from '@/components/ui/display/time-ago';
import { formatCount, formatDuration } from '@/components/ui/format';
import { Dialog } from '@/components/ui/overlays/dialog';
import type { ListedCall } from '@/lib/spending/contract';
import type { CallState } from '@/lib/spending/schema';
import { CachedMark } from './cached-mark';
import { FactContext } from './call-context';
import { CallPlace } from './call-place';
import { DecisionView } from './decision';
import { MadeUpMark } from './made-up';
import { moneyText } from './words';

const states: Record<CallState, { label: string; tone: BadgeTone }> = {
  held: { label: 'Under way', tone: 'accent' },
  settled: { label: 'Answered', tone: 'success' },
  failed: { label: 'Failed', tone: 'danger' },
  lost: { label: 'Lost', tone: 'warning' },
};

/** Every model call of the workspace: what answered, what it cost, and why. */
export function CallsTable({ filter }: { filter: Parameters<typeof useCalls>[0] }) {
  const calls = useCalls(filter);
  const [shown, setShown] = useState<ListedCall>();
  const rows = calls.data?.pages.flatMap(({ items }) => items);
  if (calls.isPending) return <SkeletonRows rows={4} />;
  if (rows === undefined) {
    return (
      <ErrorState
        title="The calls could not be loaded"
        error={calls.error}
        onRetry={() => void calls.refetch()}
      />
    );
  }
  if (rows.length === 0) {
    return (
      <EmptyState title="No model calls yet">
        Each call of a model is listed here with its cost, once a run asks one.
      </EmptyState>
    );
  }
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="overflow-x-auto" aria-label="Model calls" tabIndex={0}>
        <Table aria-label="Model calls">
          <TableHead>
            <tr>
              <HeadCell>When</HeadCell>
              <HeadCell>For</HeadCell>
              <HeadCell>Model</HeadCell>
              <HeadCell className="text-right">Tokens</HeadCell>
              <HeadCell className="text-right">Time</HeadCell>
              <HeadCell className="text-right">Cost</HeadCell>
              <HeadCell>
                <span className="sr-only">Details</span>
              </HeadCell>
            </tr>
          </TableHead>
          <tbody>
            {rows.map((row) => (
              <CallRow key={row.id} row={row} onShow={() => setShown(row)} />
            ))}
          </tbody>
        </Table>
      </section>
      {calls.hasNextPage ? (
        <div className="border-t p-2 text-center">
          <Button
            size="sm"
            variant="ghost"
            loading={calls.isFetchingNextPage}
            onClick={() => void calls.fetchNextPage()}
          >
            Show older calls
          </Button>
        </div>
      ) : null}
      {shown === undefined ? null : (
        <Dialog
          open
          onOpenChange={() => setShown(undefined)}
          title={`Why ${shown.model} answered`}
          footer={
            <Button asChild>
              <Link href={`/runs/${shown.runId}`}>Open the run</Link>
            </Button>
          }
        >
          <div className="space-y-4">
            <DecisionView decision={shown.decision} />
            <FactContext row={shown} />
          </div>
        </Dialog>
      )}
    </>
  );
}

/** What of the tokens has a price of its own, or is not seen in the answer. */
function kindsText(row: ListedCall): string {
  const kinds = [
    [row.cacheReadTokens, 'from cache'],
    [row.cacheWriteTokens, 'to cache'],
    [row.reasoningTokens, 'reasoning'],
  ] as const;
  return kinds
    .flatMap(([count, name]) => (count > 0 ? [`${formatCount(count)} ${name}`] : []))
    .join(' · ');
}

function CallRow({ row, onShow }: { row: ListedCall; onShow: () => void }) {
  const state = states[row.state];
  return (
    <TableRow>
      <Cell className="whitespace-nowrap text-muted">
        <TimeAgo at={row.startedAt} />
      </Cell>
      <Cell className="min-w-36">
        <CallPlace row={row} />
      </Cell>
      <Cell>
        <span className="mb-0.5 block font-mono text-xs whitespace-nowrap">{row.model}</span>
        {row.answerCache === 'hit' ? (
          <CachedMark />
        ) : row.provider === 'rehearsal' ? (
          <MadeUpMark />
        ) : (
          <Badge tone={state.tone}>{state.label}</Badge>
        )}
      </Cell>
      <Cell className="text-right whitespace-nowrap text-muted tabular">
        {formatCount(row.inputTokens)} in, {formatCount(row.outputTokens)} out
        <span className="block text-xs text-faint">{kindsText(row)}</span>
      </Cell>
      <Cell className="text-right whitespace-nowrap text-muted tabular">
        {row.durationMs === null ? '' : formatDuration(row.durationMs)}
      </Cell>
      <Cell className="text-right whitespace-nowrap tabular">
        {row.state === 'held'
          ? `up to ${moneyText(row.heldUsd)}`
          : row.priceList === null
            ? 'unknown'
            : moneyText(row.costUsd)}
      </Cell>
      <Cell className="text-right">
        <Button size="sm" variant="ghost" aria-label={`Why ${row.model} answered`} onClick={onShow}>
          Why
        </Button>
      </Cell>
    </TableRow>
  );
}
