import type { TourStep } from '@/lib/people/tour';

type Text = {
  title: string;
  text: string;
  /** Where it happens; the first that is on the screen is marked. */
  targets: readonly string[];
};

/** What the tour says at each of its steps. */
export const tourTexts: Record<TourStep, Text> = {
  add: {
    title: 'Add a step',
    text: 'Press Add first step, or N, and choose Start. A step does one piece of work; Start says what a run is given.',
    targets: ['[data-tour="add"]'],
  },
  connect: {
    title: 'Connect the next one',
    text: 'Press the + on the right of the step and choose Output. The wire says what comes next.',
    targets: ['[data-tour="add-next"]'],
  },
  run: {
    title: 'Run it',
    text: 'Write something into the Text of the Output step, then press Run. It runs the draft: what is published stays as it is. Steps that send or write do so for real; Rehearse makes their answers up.',
    targets: ['[data-tour="run"]'],
  },
  result: {
    title: 'See the result',
    text: 'The console below shows what happened, step by step. Click a step for its input and output.',
    targets: ['[data-tour="result"]'],
  },
  invite: {
    title: 'Invite a teammate',
    text: 'Building is better together. Invite somebody, and see each other’s cursors and edits.',
    targets: ['[data-tour="invite"]'],
  },
};
