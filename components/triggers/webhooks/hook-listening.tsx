'use client';

import { Radio } from 'lucide-react';
import { useEffect } from 'react';
import { useListen, useListening, useStopListening } from '@/components/data/trigger-queries';
import { testRequestOf } from '@/components/runs/last-run';
import { inputsOf } from '@/components/runs/start-inputs';
import { useSession } from '@/components/session/session';
import { Button } from '@/components/ui/controls/button';
import { toastError } from '@/components/ui/controls/toast';
import { Badge } from '@/components/ui/display/badge';
import { useNow } from '@/components/ui/display/time-ago';
import { Spinner } from '@/components/ui/spinner';
import type { Trigger } from '@/lib/triggers/contract';
import { readBodyText } from '@/lib/triggers/example-body';
import { hookInput } from '@/lib/triggers/hook-input';
import { type HookSample, listeningMinutes } from '@/lib/triggers/listening';
import { timeUntil } from '../parts/trigger-words';

type Props = {
  trigger: Extract<Trigger, { kind: 'webhook' }>;
  /** Takes what came over into the test. */
  onUse: (sample: HookSample) => void;
};

/** Waits for the next request, whoever sends it, and shows it. */
export function HookListening({ trigger, onUse }: Props) {
  const { data } = useListening(trigger.id);
  const listen = useListen();
  const stop = useStopListening();
  const now = useNow();
  const listening = data?.listening ?? null;
  useAsSample(trigger, listening?.request ?? undefined);
  const begin = () =>
    listen.mutate(trigger.id, {
      onError: (error) => toastError('Nobody listens', error),
    });
  if (listening === null) {
    return (
      <div className="flex items-center gap-2">
        <Button size="sm" onClick={begin} loading={listen.isPending}>
          <Radio aria-hidden /> Listen for a test request
        </Button>
        <span className="text-xs text-faint">
          Shows the next request within {listeningMinutes} minutes. It starts no run.
        </span>
      </div>
    );
  }
  const { request } = listening;
  if (request === null) {
    return (
      <div className="flex items-center gap-2 rounded-md bg-accent-soft px-3 py-2 text-xs text-accent">
        <Spinner />
        <p role="status" className="min-w-0 flex-1">
          Waiting for a request to the URL. It ends {timeUntil(Date.parse(listening.until), now)}.
        </p>
        <Button size="sm" variant="ghost" onClick={() => stop.mutate(trigger.id)}>
          Stop
        </Button>
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-2">
      <Sample sample={request} />
      <div className="flex gap-2">
        <Button size="sm" onClick={() => onUse(request)}>
          Use as the test
        </Button>
        <Button size="sm" variant="ghost" onClick={begin} loading={listen.isPending}>
          Listen again
        </Button>
        <Button size="sm" variant="ghost" onClick={() => stop.mutate(trigger.id)}>
          Forget it
        </Button>
      </div>
    </div>
  );
}

/** A request that would start a run is what expressions of the workflow are shown with, until a newer run ends. */
function useAsSample(trigger: Props['trigger'], sample: HookSample | undefined) {
  const session = useSession();
  const { gives } = trigger.config;
  useEffect(() => {
    if (sample === undefined || sample.refused !== null) return;
    const names = inputsOf(session.graph.get()).map(({ name }) => name);
    const { method, query, headers } = sample;
    const request = { method, query, headers, body: readBodyText(sample.body), files: [] };
    testRequestOf(session).set({
      input: hookInput(names, request, gives),
      at: Date.parse(sample.at),
    });
  }, [session, sample, gives]);
}

function Sample({ sample }: { sample: HookSample }) {
  const query = Object.entries(sample.query).map(([name, value]) => `${name}=${String(value)}`);
  return (
    <section
      aria-label="Test request"
      className="flex flex-col gap-2 rounded-md border p-3 text-xs"
    >
      <p className="flex items-center gap-2">
        <Badge tone={sample.refused === null ? 'success' : 'danger'}>
          {sample.refused === null ? 'Verified' : 'Rejected'}
        </Badge>
        <code className="min-w-0 truncate font-mono">
          {sample.method} {sample.contentType}
        </code>
        {sample.size === null ? null : (
          <span className="ml-auto shrink-0 text-faint tabular">{sample.size} bytes</span>
        )}
      </p>
      {sample.refused === null ? null : <p className="text-danger">{sample.refused}</p>}
      {query.length === 0 ? null : (
        <p className="break-all font-mono text-2xs">?{query.join('&')}</p>
      )}
      <dl className="grid max-h-32 grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 overflow-y-auto font-mono text-2xs">
        {Object.entries(sample.headers).map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd className="break-all">{value}</dd>
          </div>
        ))}
      </dl>
      {sample.hidden.length === 0 ? null : (
        <p className="text-faint">Not shown: {sample.hidden.join(', ')}</p>
      )}
      <pre className="max-h-48 overflow-auto whitespace-pre-wrap break-all rounded-sm bg-hover p-2 font-mono text-2xs">
        {sample.body === '' ? 'No body' : sample.body}
      </pre>
    </section>
  );
}
