'use client';

import { createContext, type ReactNode, useContext } from 'react';
import { can, type Permission } from '@/lib/people/can';
import type { Actor } from '@/lib/people/schema';

const Context = createContext<Actor | undefined>(undefined);

/** Provides the signed-in person. The server checks every action again. */
export function ActorProvider({ actor, children }: { actor: Actor; children: ReactNode }) {
  return <Context value={actor}>{children}</Context>;
}

/** Who is looking, in which workspace, with which role. Throws outside the signed-in pages. */
export function useActor(): Actor {
  const actor = useContext(Context);
  if (!actor) throw new Error('useActor() needs an ActorProvider above it');
  return actor;
}

/** Whether the person who is looking may do something: what they may not is not offered. */
export function useCan(permission: Permission): boolean {
  return can(useActor().role, permission);
}
