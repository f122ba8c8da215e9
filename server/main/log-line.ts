const levels: Readonly<Record<number, string>> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
};

/**
 * A line of one of our processes as a person wants to read it in a terminal: time, process, level, message, cause.
 * What is not one of our structured log lines stays as it is, behind the name of its process.
 */
export function readableLine(name: string, line: string): string {
  const entry = parse(line);
  if (entry === undefined) return `${name.padEnd(8)} ${line}`;
  const time = new Date(entry.time).toTimeString().slice(0, 8);
  const cause = entry.err?.stack ?? entry.err?.message;
  const end = cause === undefined ? '' : `: ${entry.level >= 50 ? cause : cause.split('\n')[0]}`;
  return `${time} ${name.padEnd(8)} ${levels[entry.level] ?? entry.level} ${entry.msg}${end}`;
}

type Entry = {
  time: number | string;
  level: number;
  msg: string;
  err?: { message?: string; stack?: string };
};

function parse(line: string): Entry | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const entry = JSON.parse(line) as Partial<Entry>;
    const complete = entry.time !== undefined && typeof entry.level === 'number';
    return complete ? ({ msg: '', ...entry } as Entry) : undefined;
  } catch {
    return undefined;
  }
}
