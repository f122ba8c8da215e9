import { doJob, type JobName, type Jobs } from '@/lib/computation/jobs';

/** What the browser's thread is asked, and what it answers. */
export type Asked = { number: number; name: JobName; given: Jobs[JobName]['given'] };
export type Answered = { number: number; done?: Jobs[JobName]['done'] };

// Nobody sees a stack from here, and to write one down takes ten times as long as what fails.
Error.stackTraceLimit = 0;

self.addEventListener('message', ({ data }: MessageEvent<Asked>) => {
  const { number, name, given } = data;
  let answer: Answered = { number };
  try {
    answer = { number, done: doJob(name, given as never) };
  } catch {
    // Without `done`: it could not be worked out.
  }
  self.postMessage(answer);
});
