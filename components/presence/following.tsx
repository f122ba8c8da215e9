'use client';

import { useLocal, useSession } from '@/components/session/session';

/** A frame in the colour of the person who is followed, and the way out. */
export function Following() {
  const { actions } = useSession();
  const following = useLocal((local) => local.following);
  if (!following) return null;
  const { name, color } = following;
  return (
    <div
      className="pointer-events-none absolute inset-0 z-20 border-2"
      style={{ borderColor: color }}
    >
      <div
        role="status"
        style={{ backgroundColor: color }}
        className="pointer-events-auto absolute bottom-0 left-1/2 flex h-6 -translate-x-1/2 items-center gap-2 rounded-t-md px-2.5 text-xs font-medium text-white"
      >
        <span className="max-w-60 truncate">Following {name}</span>
        <span aria-hidden className="opacity-70">
          ·
        </span>
        <button
          type="button"
          className="rounded-sm underline-offset-2 hover:underline focus-visible:underline"
          onClick={() => actions.follow(undefined)}
        >
          Stop
        </button>
      </div>
    </div>
  );
}
