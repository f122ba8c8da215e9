import { describe, expect, it } from 'vitest';
import { readableLine } from './log-line';

describe('readableLine', () => {
  it('shows time, process, level and message of a log line', () => {
    const line = JSON.stringify({
      level: 30,
      time: '2026-01-02T03:04:05.678Z',
      msg: 'a run ended',
    });
    expect(readableLine('worker', line)).toMatch(/^\d\d:\d\d:05 worker {3}info a run ended$/);
  });

  it('shows the whole cause of an error, and of a warning its first line', () => {
    const err = { message: 'lost', stack: 'Error: lost\n    at x' };
    const line = (level: number) => JSON.stringify({ level, time: 0, msg: 'm', err });
    expect(readableLine('web', line(50))).toMatch(/error m: Error: lost\n {4}at x$/);
    expect(readableLine('web', line(40))).toMatch(/warn m: Error: lost$/);
  });

  it.each(['plain words', '{broken', '{"a":1}'])('leaves %s as it is', (line) => {
    expect(readableLine('web', line)).toBe(`web      ${line}`);
  });
});
