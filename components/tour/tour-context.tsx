'use client';

import { useRouter } from 'next/navigation';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { call } from '@/components/data/call';
import { useCreateWorkflow } from '@/components/data/queries';
import { createObservable, type WritableObservable } from '@/components/observable/observable';
import { toastError } from '@/components/ui/controls/toast';
import {
  laterTour,
  setTour,
  type Tour,
  type TourStep,
  tourSchema,
  tourSteps,
} from '@/lib/people/tour';

/** What the open editor tells the tour. */
export type TourFacts = {
  workflowId: string;
  steps: number;
  wires: number;
  /** The run that the canvas shows. */
  run: 'none' | 'going' | 'over';
};

export type TourControl = {
  tour: Tour | null;
  facts: WritableObservable<TourFacts | undefined>;
  /** Begins it anew with an empty workflow. */
  start(): void;
  /** Absent where the person may not build workflows. */
  mayStart: boolean;
  mayInvite: boolean;
  go(step: TourStep): void;
  end(state: 'left' | 'done'): void;
};

const nothing: TourControl = {
  tour: null,
  facts: createObservable<TourFacts | undefined>(undefined),
  start: () => undefined,
  mayStart: false,
  mayInvite: false,
  go: () => undefined,
  end: () => undefined,
};
const Context = createContext<TourControl>(nothing);

/** The first tour: how far this person is, and how it goes on. */
export const useTour = (): TourControl => useContext(Context);

type Props = {
  /** As the server knows it. */
  initial: Tour | null;
  mayStart: boolean;
  mayInvite: boolean;
  children: ReactNode;
};

/** What this tab has sent and the server has not confirmed: a page that is loaded meanwhile is older. */
const unsentKey = 'ensemble.tour';

function readUnsent(): Tour | undefined {
  const [state, step, workflowId] = sessionStorage.getItem(unsentKey)?.split(' ') ?? [];
  return tourSchema.safeParse({ state, step, workflowId }).data;
}

function send(next: Tour): void {
  const text = [next.state, next.step, next.workflowId].join(' ').trim();
  sessionStorage.setItem(unsentKey, text);
  // Lost, it costs a step of the tour: nothing that a person should hear about.
  // It goes out although the page is left at once.
  call(setTour, { body: next }, { keepalive: true }).then(
    () => {
      if (sessionStorage.getItem(unsentKey) === text) sessionStorage.removeItem(unsentKey);
    },
    () => undefined,
  );
}

export function TourProvider({ initial, mayStart, mayInvite, children }: Props) {
  const router = useRouter();
  const [tour, setState] = useState(initial);
  const [facts] = useState(() => createObservable<TourFacts | undefined>(undefined));
  const { mutateAsync: create } = useCreateWorkflow();
  useEffect(() => {
    const unsent = readUnsent();
    if (unsent === undefined || unsent.workflowId !== initial?.workflowId) return;
    setState(laterTour(initial, unsent));
    send(unsent);
  }, [initial]);
  const value = useMemo<TourControl>(() => {
    const keep = (next: Tour) => {
      setState(next);
      send(next);
    };
    return {
      tour,
      facts,
      mayStart,
      mayInvite,
      start() {
        const empty = { schema: 1, description: '', nodes: [], edges: [] };
        create({ body: { ...empty, name: 'My first workflow' }, folder: undefined }).then(
          ({ id }) => {
            keep({ state: 'on', step: 'add', workflowId: id });
            router.push(`/workflows/${id}`);
          },
          (error: unknown) => toastError('The tour could not begin', error),
        );
      },
      go: (step) => keep({ ...tour, state: 'on', step }),
      end: (state) => keep({ step: tourSteps[0], ...tour, state }),
    };
  }, [tour, facts, mayStart, mayInvite, create, router]);
  return <Context value={value}>{children}</Context>;
}
