'use client';

import { useEffect, useEffectEvent, useRef, useState } from 'react';

/**
 * A form that the server sends can be typed into, or filled in by the browser, before the page's script runs, which
 * would take that back. `take` gets what stands in it then, by field. Until then `ready` is false: sent so early, the
 * browser would put the password into the address.
 */
export function useEarlyInput(take: (typed: Record<string, string>) => void) {
  const form = useRef<HTMLFormElement>(null);
  const [ready, setReady] = useState(false);
  const onStart = useEffectEvent(() => {
    const typed = form.current ? [...new FormData(form.current)] : [];
    take(Object.fromEntries(typed.map(([name, value]) => [name, String(value)])));
    setReady(true);
  });
  useEffect(() => onStart(), []);
  return { form, ready };
}
