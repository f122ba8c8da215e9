import { jsonProblemText, readJson } from '@/lib/api/json/read-json';
import { retryAfterOf } from '@/lib/runs/values/retry-after';
import { type HttpAnswer, type NodeContext, StepError } from '../node-type/define-node';

/** Whether a status is one of a list such as `2xx` or `200, 404`. */
export function isAmong(status: number, list: string): boolean {
  return list.split(',').some((part) => {
    const wanted = part.trim().toLowerCase();
    return wanted.endsWith('xx') ? String(status)[0] === wanted[0] : String(status) === wanted;
  });
}

export type Expected = {
  expect: string;
  /** Statuses that another attempt may change; empty: those that mean it. */
  retryOn: string;
};

/** What is wrong with an answer by its status. */
export function unexpected(
  answer: HttpAnswer,
  { expect, retryOn }: Expected,
  now: number,
): StepError {
  const { status } = answer;
  const retryAfterMs = retryAfterOf(answer.headers, now);
  // A 403 that says when to come again is a limit as well.
  const limited = status === 429 || (status === 403 && retryAfterMs !== undefined);
  const usual = status >= 500 || status === 408 || status === 425 || limited;
  const retryable = retryOn.trim() === '' ? usual : isAmong(status, retryOn);
  const text = answer.text.trim().slice(0, 300);
  const message = `The server responded with ${answer.status}, but ${expect} was expected.${text ? ` It said: ${text}` : ''}`;
  return new StepError('http_status', message, {
    retryable,
    ...(retryable && retryAfterMs !== undefined ? { retryAfterMs } : {}),
  });
}

/** JSON as a value, all else as text. */
export function bodyOf(answer: HttpAnswer, note: NodeContext['note']): unknown {
  if (!/[/+]json\b/i.test(answer.headers['content-type'] ?? '')) return answer.text;
  if (answer.text.trim() === '') return answer.text;
  const read = readJson(answer.text);
  if (read.ok) return read.value;
  note?.(
    `The response claims to be JSON, but ${jsonProblemText(read.problem)}. Its body is returned as text.`,
  );
  return answer.text;
}
