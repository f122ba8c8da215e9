import { doJob, type JobName, type Jobs } from '@/lib/computation/jobs';

/** Requests to the browser's computation thread, and its answers. */
export type ThreadRequest = { number: number; name: JobName; given: Jobs[JobName]['given'] };
export type Answered = { number: number; done?: Jobs[JobName]['done'] };

// Nobody sees a stack from here, and to write one down takes ten times as long as what fails.
Error.stackTraceLimit = 0;

self.addEventListener('message', ({ data }: MessageEvent<ThreadRequest>) => {
  const { number, name, given } = data;
  let answer: Answered = { number };
  try {
    answer = { number, done: doJob(name, given as never) };
  } catch {
    // Without `done`: it could not be worked out.
  }
  self.postMessage(answer);
});
