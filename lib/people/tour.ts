import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';

/** What the first tour goes through, in order. */
export const tourSteps = ['add', 'connect', 'run', 'result', 'invite'] as const;
export type TourStep = (typeof tourSteps)[number];

/** How far a person is in the first tour; `left` and `done` are over. */
export const tourSchema = z.strictObject({
  state: z.enum(['on', 'left', 'done']),
  step: z.enum(tourSteps),
  /** The workflow that is built on the way. */
  workflowId: z.uuid().optional(),
});
export type Tour = z.infer<typeof tourSchema>;

/**
 * Which of two counts, `next` having come after `before`: of one workflow the tour only goes on, and ends once, since two
 * requests of a browser may come in another order than they were sent.
 */
export function laterTour(before: Tour | null, next: Tour): Tour {
  if (before === null || before.workflowId !== next.workflowId) return next;
  if (before.state !== 'on') return next.state === 'on' ? before : next;
  const goesBack = tourSteps.indexOf(next.step) < tourSteps.indexOf(before.step);
  return goesBack ? { ...next, step: before.step } : next;
}

export const setTour = defineRoute({
  id: 'people.set-tour',
  method: 'PUT',
  path: '/me/tour',
  summary: 'Keep how far you are in the first tour, for all your browsers.',
  tag: 'People',
  permission: 'signed-in',
  body: tourSchema,
  result: tourSchema,
});
export const tourContracts = [setTour];
