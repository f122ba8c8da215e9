'use client';

import { useEffect, useMemo } from 'react';
import { workOutApart } from '@/components/computation/work-out';
import { useConnections } from '@/components/data/connection-queries';
import { usePools } from '@/components/data/pool-queries';
import { useAgents } from '@/components/data/queries';
import { useKnownOperations } from '@/components/data/service-queries';
import { useTables } from '@/components/data/table-queries';
import { seenShapes } from '@/components/expressions/seen-shapes';
import { useObservable } from '@/components/observable/use-observable';
import { lastRunOf, testsOf } from '@/components/runs/last-run';
import type { Session } from '@/components/session/session';
import { useActor, useCan } from '@/components/shell/actor-context';
import { onIdle } from '@/components/ui/on-idle';
import type { Graph } from '@/lib/canvas/graph';
import { catalogue } from '@/lib/nodes/catalogue';
import { readDraft } from '@/lib/workflows/draft/draft';
import { knownOf } from '@/lib/workflows/problems/connection-problems';
import { findProblems } from '@/lib/workflows/problems/problems';
import { namedOperations } from '@/lib/workflows/problems/service-problems';
import { knownTableOf } from '@/lib/workflows/problems/table-problems';
import type { Definition, Problem } from '@/lib/workflows/schema';

/** Checking waits until nobody typed for this long, and for a moment in which nothing else is to be done. */
const pauseMs = 250;
const latestMs = 1_000;

/** Settings of so many characters are checked in place, where that takes no time that anybody notices. */
const smallCharacters = 20_000;
const tooComplex: Problem[] = [
  {
    severity: 'error',
    code: 'too_complex',
    message:
      'This workflow is too large to check. Shorten its expressions and templates, or split it.',
  },
];

/** The operations that steps name, as one text, so that it is the same as long as they are. */
const operationsIn = (graph: Graph): string =>
  namedOperations({ nodes: [...graph.nodes.values()] })
    .map(({ service, operation }) => `${service}\t${operation}`)
    .join('\n');

const namedIn = (text: string): ReturnType<typeof namedOperations> =>
  text.split('\n').flatMap((line) => {
    const [service = '', operation = ''] = line.split('\t');
    return operation === '' ? [] : [{ service, operation }];
  });

/** Whether a step has the setting that all steps on tables have. */
const hasTables = ({ nodes }: Graph): boolean =>
  [...nodes.values()].some(({ config }) => typeof config.table === 'string');

function sizeOf({ nodes }: Definition): number {
  return JSON.stringify(nodes.map(({ config }) => config)).length;
}

/** Keeps the session's problems true to the document: the same checks as the server's, as one edits. */
export function useProblems(session: Session): void {
  const agents = useAgents();
  const items = agents.data?.items;
  const connections = useConnections(useCan('connections.read')).data?.items;
  const tables = useTables(useObservable(session.graph, hasTables)).data?.items;
  const named = useObservable(session.graph, operationsIn);
  const services = useKnownOperations(useMemo(() => namedIn(named), [named]));
  const pools = usePools(useCan('messages.read')).data?.items;
  const { workflowId } = session;
  const { userId } = useActor();
  useEffect(() => {
    session.connections.set(connections?.map(knownOf) ?? []);
  }, [session, connections]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let last = '';
    let latest = 0;
    let stopped = false;
    const check = () => {
      const { doc } = session.copy;
      const known = {
        ...(items ? { agents: items.map((agent) => agent.handle) } : {}),
        outputs: seenShapes(session),
        ...(connections ? { connections: connections.map(knownOf), workflowId, userId } : {}),
        ...(pools ? { pools: pools.map(({ name }) => name) } : {}),
        ...(tables ? { tables: tables.map(knownTableOf) } : {}),
        ...(services.length === 0 ? {} : { services }),
      };
      const definition = readDraft(doc, catalogue);
      latest += 1;
      const mine = latest;
      if (sizeOf(definition) <= smallCharacters) show(findProblems(definition, catalogue, known));
      else
        void workOutApart('problems', { definition, known }).then((found) => {
          if (mine === latest && !stopped) show(found ?? tooComplex);
        });
    };
    const show = (found: Problem[]) => {
      const line = JSON.stringify(found);
      if (line !== last) session.problems.set(found);
      last = line;
    };
    let cancelIdle = () => {};
    const whenIdle = () => {
      cancelIdle();
      cancelIdle = onIdle(check, latestMs);
    };
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(whenIdle, pauseMs);
    };
    // The canvas is painted first.
    whenIdle();
    const stops = [session.graph, lastRunOf(session), testsOf(session)].map((each) =>
      each.subscribe(later),
    );
    return () => {
      stopped = true;
      for (const stop of stops) stop();
      clearTimeout(timer);
      cancelIdle();
    };
  }, [session, items, connections, pools, tables, services, workflowId, userId]);
}
