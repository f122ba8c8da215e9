/** What a code step asks of the sandbox: plain data in. */
export type CodeJob = {
  source: string;
  /** What the code sees, by name: values as JSON has them. */
  names: Readonly<Record<string, unknown>>;
  /** Milliseconds until it is stopped. */
  timeoutMs: number;
  /** Megabytes that its values may take. */
  memoryMb: number;
};

export const consoleLevels = ['log', 'info', 'warn', 'error'] as const;
export type ConsoleLine = { level: (typeof consoleLevels)[number]; text: string };

/** Why code came to nothing. `off`: this server has no sandbox. */
export const codeFaults = [
  'syntax',
  'threw',
  'too_long',
  'out_of_memory',
  'never_ends',
  'bad_result',
  'too_large',
  'busy',
  'broken',
  'off',
] as const;
export type CodeFault = (typeof codeFaults)[number];

/** How it ended: plain data out. Lines count from 1, in the source as it was written. */
export type CodeEnd = { console: ConsoleLine[] } & (
  | { ok: true; value: unknown; tookMs: number }
  | { ok: false; fault: CodeFault; message: string; line?: number | undefined }
);

/** Limits of a code step. Sizes are characters of JSON. */
export const codeLimits = {
  sourceCharacters: 50_000,
  namesCharacters: 4_000_000,
  valueCharacters: 4_000_000,
  consoleLines: 200,
  consoleLineCharacters: 2_000,
  timeoutMs: { min: 100, max: 30_000, usual: 5_000 },
  memoryMb: { min: 16, max: 128, usual: 64 },
} as const;

/** Libraries that code may `require`: pure computing, without any access to the outside. */
export const codeLibraries = ['dayjs', 'lodash', 'yaml'] as const;
export type CodeLibrary = (typeof codeLibraries)[number];
