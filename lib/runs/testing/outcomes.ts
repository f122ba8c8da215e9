import type { PlanStep, StepOutcome } from '../schema';
import { chanceOf } from './chance';

/** How an attempt ends in a simulation: the same for the same attempt. */
export function outcomeOf(
  seed: number,
  run: number,
  step: PlanStep,
  attempt: number,
  now: number,
): StepOutcome {
  const place = [...`${run}/${step.id}/${attempt}`].reduce(
    (sum, letter) => (Math.imul(sum, 31) + letter.charCodeAt(0)) >>> 0,
    seed >>> 0,
  );
  const chance = chanceOf(place);
  const draw = chance();
  if (draw < 0.08) return { ok: false, error: { code: 'flaky', message: '', retryable: true } };
  if (draw < 0.1) return { ok: false, error: { code: 'broken', message: '', retryable: false } };
  if (draw < 0.14) {
    const until = now + Math.floor(chance() * 60);
    return { ok: 'wait', wait: { kind: 'timer', until, end: { ok: true, output: 'time' } } };
  }
  if (draw < 0.17) return { ok: 'wait', wait: { kind: 'person' } };
  // Only once: otherwise it would never end. What may begin once alone does not ask to be called again.
  if (draw < 0.2 && attempt === 1 && step.effects !== 'once')
    return { ok: 'wait', wait: { kind: 'children', memo: 'again' } };
  if (step.kind !== 'switch') return { ok: true, output: `${step.id}/${attempt}` };
  const ports = step.ports.filter(() => chance() < 0.6);
  return { ok: true, output: `${step.id}/${attempt}`, ports };
}
