import { useEffect, useRef, useState } from 'react';

/** Nobody types any more after this long. */
const pauseMs = 1_200;

/**
 * What is wrong with a field, as it is shown: half a word is no mistake. What comes up while somebody types waits until
 * they pause or leave; what was there before stays until it is mended. The handlers go around the field.
 */
export function useCalm<Shown>(problem: Shown | undefined) {
  const [typing, setTyping] = useState(false);
  const [before, setBefore] = useState(problem);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    if (!typing) setBefore(problem);
  }, [typing, problem]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const stop = () => {
    clearTimeout(timer.current);
    setTyping(false);
  };
  const onInput = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setTyping(false), pauseMs);
    setTyping(true);
  };
  const shown = typing && before === undefined ? undefined : problem;
  return { shown, handlers: { onInput, onBlur: stop } };
}
