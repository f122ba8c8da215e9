'use client';

import { createContext, useContext } from 'react';
import type { Debug, RunMode } from '@/lib/runs/schema';

/** How a run is started, other than as a whole. */
export type RunHow = {
  /** It ends with this step. */
  until?: { id: string; name: string };
  debug?: Debug;
};

export type RequestRun = (mode: RunMode, how?: RunHow) => void;

const RequestContext = createContext<RequestRun | undefined>(undefined);
export const RequestRunProvider = RequestContext.Provider;

/** Starts a run after asking what it needs; undefined where this person may not run the workflow. */
export const useAskRun = () => useContext(RequestContext);
