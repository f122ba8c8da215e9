import { z } from 'zod';
import type { AnswerReuse } from '../node-type/model-question';

const hour = 3_600_000;
const lifetimes = { off: 0, hour, day: 24 * hour };

/** Whether a step may be given an answer that was given before. */
export const answerCacheSetting = z
  .enum(['off', 'hour', 'day'])
  .default('off')
  .meta({
    title: 'Answer cache',
    help: 'If exactly the same is asked again for the same person, the earlier answer counts and costs nothing. Any change of prompt, files, model, settings or agent asks anew.',
    labels: { off: 'Off', hour: 'Reuse for 1 hour', day: 'Reuse for 24 hours' },
    advanced: true,
  });

type Setting = keyof typeof lifetimes;

/** The same for a call; nothing where the step does not want it. `acts`: tools of the task may change something. */
export function reuseFor(
  setting: Setting,
  about: { agentVersion?: number | undefined; acts?: boolean } = {},
): { reuse?: AnswerReuse } {
  if (setting === 'off') return {};
  const { agentVersion, acts } = about;
  return {
    reuse: {
      forMs: lifetimes[setting],
      ...(agentVersion === undefined ? {} : { agentVersion }),
      ...(acts ? { acts: true } : {}),
    },
  };
}
