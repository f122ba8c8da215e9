import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { hasMark } from '@/lib/api/has-mark';
import { type RunLimits, runLimits, usualLimits } from '@/lib/runs/limits';
import { at } from '@/lib/values/unknown';
import { parseNetworks } from '@/server/front/client-address';

const configErrorMark = Symbol.for('ensemble.ConfigError');

/** A wrong environment. The message is one line, fit to be shown as it is. */
export class ConfigError extends Error {
  readonly [configErrorMark] = true;
  static isInstance(value: unknown): value is ConfigError {
    return hasMark(value, configErrorMark);
  }
  override readonly name = 'ConfigError';
}

/** An address that steps may call although it is private, such as a model server on this machine. */
export type AllowedHost = Readonly<{ host: string; port: number | undefined }>;

const wholeNumber = (from: number, to: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, `must be a whole number from ${from} to ${to}`)
    .transform(Number)
    .refine((n) => n >= from && n <= to, `must be a whole number from ${from} to ${to}`);

const urlOf = (protocols: readonly string[], example: string) =>
  z.string().refine((text) => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    return url !== undefined && protocols.includes(url.protocol);
  }, `must be an address such as ${example}`);

const allowedHosts = z.string().transform((text, ctx): AllowedHost[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const found = /^(\[[0-9a-f:.]+\]|[^:[\]/\s]+)(?::(\d{1,5}))?$/i.exec(part);
      const port = found?.[2] === undefined ? undefined : Number(found[2]);
      if (found?.[1] === undefined || (port !== undefined && (port < 1 || port > 65_535))) {
        ctx.addIssue('must be a list such as localhost:11434,10.0.0.5');
        return { host: '', port: undefined };
      }
      return { host: found[1].replace(/^\[|\]$/g, '').toLowerCase(), port };
    }),
);

const networks = z.string().transform((text, ctx) => {
  const parsed = parseNetworks(text);
  if (parsed === undefined) ctx.addIssue('must be a list such as 10.0.0.0/8,192.168.1.5,loopback');
  return parsed ?? [];
});

const masterKey = z.string().transform((text, ctx) => {
  const key = Buffer.from(text, /^[0-9a-f]{64}$/i.test(text) ? 'hex' : 'base64');
  if (key.length !== 32) ctx.addIssue('must be 32 bytes, written as 64 hex digits or as base64');
  return key;
});

const environment = z.object({
  DATABASE_URL: urlOf(
    ['postgres:', 'postgresql:'],
    'postgres://user:password@host:5432/name',
  ).optional(),
  REDIS_URL: urlOf(['redis:', 'rediss:'], 'redis://host:6379').optional(),
  PORT: wholeNumber(0, 65_535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  ENSEMBLE_URL: urlOf(['http:', 'https:'], 'https://ensemble.example.com').optional(),
  ENSEMBLE_TRUST_PROXY: networks.default([]),
  ENSEMBLE_DATA_DIR: z.string().default('.data'),
  ENSEMBLE_WEB: wholeNumber(0, 64).optional(),
  ENSEMBLE_WORKERS: wholeNumber(0, 64).optional(),
  ENSEMBLE_OWNER_EMAIL: z.email('must be an email address').optional(),
  ENSEMBLE_OWNER_PASSWORD: z.string().min(8, 'must have at least 8 characters').optional(),
  ENSEMBLE_MASTER_KEY: masterKey.optional(),
  ENSEMBLE_PREVIOUS_MASTER_KEY: masterKey.optional(),
  ENSEMBLE_AUTH_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  ENSEMBLE_RUNS_PER_WORKSPACE: wholeNumber(1, 100_000).default(1000),
  ENSEMBLE_MAX_FILES: wholeNumber(1, 1_000_000).default(1000),
  ENSEMBLE_MAX_WORKSPACES: wholeNumber(1, 10_000).default(20),
  ENSEMBLE_CHATS_PER_MINUTE: wholeNumber(1, 10_000).default(30),
  ENSEMBLE_MAX_STEPS: wholeNumber(1, usualLimits.steps).default(usualLimits.steps),
  ENSEMBLE_MAX_DEPTH: wholeNumber(0, 50).default(usualLimits.depth),
  ENSEMBLE_MAX_ITEMS: wholeNumber(1, runLimits.items).default(usualLimits.items),
  ENSEMBLE_MAX_VALUE: wholeNumber(100_000, 64_000_000).default(usualLimits.characters),
  ENSEMBLE_MAX_HOURS: wholeNumber(1, 168).default(usualLimits.timeMs / 3_600_000),
  ENSEMBLE_FOLD_DAYS: wholeNumber(0, 36_500).default(30),
  ENSEMBLE_KEEP_DAYS: wholeNumber(1, 36_500).default(180),
  ENSEMBLE_METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
  ENSEMBLE_LEASE_MS: wholeNumber(200, 3_600_000).default(10_000),
  ENSEMBLE_SWEEP_MS: wholeNumber(50, 600_000).default(1000),
  ENSEMBLE_WORKER_CAPACITY: wholeNumber(1, 10_000).default(200),
  ENSEMBLE_POOL: wholeNumber(2, 500).default(10),
  ENSEMBLE_MODEL_IDLE_MS: wholeNumber(1_000, 3_600_000).default(60_000),
  ENSEMBLE_EGRESS_ALLOW: allowedHosts.default([]),
  ENSEMBLE_EMBEDDER: z.enum(['local', 'off']).default('local'),
  ENSEMBLE_LOG: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
      error: 'must be one of trace, debug, info, warn, error, fatal, silent',
    })
    .default('warn'),
  NODE_ENV: z.string().optional(),
  npm_lifecycle_event: z.string().optional(),
});

const secretNames: ReadonlySet<string> = new Set([
  'DATABASE_URL',
  'REDIS_URL',
  'ENSEMBLE_OWNER_PASSWORD',
  'ENSEMBLE_MASTER_KEY',
  'ENSEMBLE_PREVIOUS_MASTER_KEY',
  'ENSEMBLE_AUTH_SECRET',
  'ENSEMBLE_METRICS_TOKEN',
]);

/**
 * The environment as typed values: no files are read, nothing is written.
 * An empty variable counts as absent. Throws {@link ConfigError} with one line that names every wrong value.
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>) {
  const given = Object.fromEntries(
    Object.keys(environment.shape)
      .map((name) => [name, env[name]?.trim()] as const)
      .filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = environment.safeParse(given);
  if (!parsed.success) throw new ConfigError(explain(parsed.error, given));
  const e = parsed.data;
  if ((e.ENSEMBLE_OWNER_EMAIL === undefined) !== (e.ENSEMBLE_OWNER_PASSWORD === undefined)) {
    throw new ConfigError(
      'ENSEMBLE_OWNER_EMAIL and ENSEMBLE_OWNER_PASSWORD must be set together, or not at all.',
    );
  }
  const processes = e.REDIS_URL === undefined ? 1 : 2;
  return Object.freeze({
    /** Absent: the supervisor starts the embedded Postgres and names it to its children. */
    databaseUrl: e.DATABASE_URL,
    redisUrl: e.REDIS_URL,
    port: e.PORT,
    /** Loopback by default: until the first visit has made an owner, the product must not be reachable from the network. */
    host: e.HOST,
    /** The public address, without a slash at its end. */
    url: (e.ENSEMBLE_URL ?? `http://localhost:${e.PORT}`).replace(/\/+$/, ''),
    /** Proxies of ours, whose word on where a request came from is believed. */
    trustProxy: Object.freeze(e.ENSEMBLE_TRUST_PROXY),
    dataDir: resolve(e.ENSEMBLE_DATA_DIR),
    webProcesses: e.ENSEMBLE_WEB ?? processes,
    workerProcesses: e.ENSEMBLE_WORKERS ?? processes,
    owner:
      e.ENSEMBLE_OWNER_EMAIL === undefined || e.ENSEMBLE_OWNER_PASSWORD === undefined
        ? undefined
        : Object.freeze({ email: e.ENSEMBLE_OWNER_EMAIL, password: e.ENSEMBLE_OWNER_PASSWORD }),
    /** 32 bytes that wrap the keys of stored secrets. */
    masterKey: e.ENSEMBLE_MASTER_KEY,
    /** During a rotation: opens what was sealed before it, and seals nothing. */
    previousMasterKey: e.ENSEMBLE_PREVIOUS_MASTER_KEY,
    authSecret: e.ENSEMBLE_AUTH_SECRET,
    runsPerWorkspace: e.ENSEMBLE_RUNS_PER_WORKSPACE,
    /** Bytes that the files of one workspace may have together. */
    fileBytesPerWorkspace: e.ENSEMBLE_MAX_FILES * 1_000_000,
    /** Workspaces that one person may own. */
    workspacesPerPerson: e.ENSEMBLE_MAX_WORKSPACES,
    /** Messages to agents and workflows that one person may send: each may cost money. */
    chatsPerMinute: e.ENSEMBLE_CHATS_PER_MINUTE,
    runLimits: Object.freeze<RunLimits>({
      steps: e.ENSEMBLE_MAX_STEPS,
      depth: e.ENSEMBLE_MAX_DEPTH,
      items: e.ENSEMBLE_MAX_ITEMS,
      characters: e.ENSEMBLE_MAX_VALUE,
      timeMs: e.ENSEMBLE_MAX_HOURS * 3_600_000,
    }),
    metricsToken: e.ENSEMBLE_METRICS_TOKEN,
    retention: { foldDays: e.ENSEMBLE_FOLD_DAYS, keepDays: e.ENSEMBLE_KEEP_DAYS },
    leaseMs: e.ENSEMBLE_LEASE_MS,
    sweepMs: e.ENSEMBLE_SWEEP_MS,
    /** Steps that one worker process holds at once. */
    workerCapacity: e.ENSEMBLE_WORKER_CAPACITY,
    /** Connections of one process's main pool to Postgres. */
    poolSize: e.ENSEMBLE_POOL,
    /** How long a model may say nothing at all before its call is given up. */
    modelIdleMs: e.ENSEMBLE_MODEL_IDLE_MS,
    /** What tells the meaning of texts for search. */
    embedder: e.ENSEMBLE_EMBEDDER,
    egressAllow: Object.freeze(e.ENSEMBLE_EGRESS_ALLOW),
    logLevel: e.ENSEMBLE_LOG,
    production: e.NODE_ENV === 'production',
    /** Started by `npm start` or the like: npm's end is then ours too. */
    underNpm: e.npm_lifecycle_event !== undefined,
  });
}

type Secrets = Readonly<{
  masterKey: Buffer;
  previousMasterKey: Buffer | undefined;
  authSecret: string;
}>;

/** What {@link loadConfig} gives, with the two secrets always there. */
export type Config = Omit<ReturnType<typeof loadConfig>, keyof Secrets> & Secrets;

/**
 * Fills in the secrets that the environment leaves out: made once, kept in the data directory. The previous master key
 * is read from there too, if somebody put it there.
 */
export function withSecrets(loaded: ReturnType<typeof loadConfig>): Config {
  const keep = (name: string) => secretFile(loaded.dataDir, name);
  return Object.freeze({
    ...loaded,
    masterKey: loaded.masterKey ?? Buffer.from(keep('master-key'), 'base64'),
    previousMasterKey:
      loaded.previousMasterKey ?? keyFile(join(loaded.dataDir, 'previous-master-key')),
    authSecret: loaded.authSecret ?? keep('auth-secret'),
  });
}

let current: Config | undefined;

/** The configuration of this process, read from its environment at the first call. Throws {@link ConfigError}. */
export function config(): Config {
  current ??= withSecrets(loadConfig(process.env));
  return current;
}

/** The environment of this process with some changes, for a child process. */
export function childEnvironment(changes: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return Object.assign({ ...process.env }, changes);
}

/** Where the database is. Throws {@link ConfigError} in a process that was started without one. */
export function databaseUrl(of: Pick<Config, 'databaseUrl'>): string {
  if (of.databaseUrl !== undefined) return of.databaseUrl;
  throw new ConfigError(
    'DATABASE_URL is missing: set it, or use `npm start`, which brings its own Postgres.',
  );
}

function explain(error: z.ZodError, given: Readonly<Record<string, string | undefined>>): string {
  const parts = error.issues.map((issue) => {
    const name = String(issue.path[0]);
    const shown = secretNames.has(name) ? '' : ` is ${JSON.stringify(given[name])}, but`;
    return `${name}${shown} ${issue.message}`;
  });
  return `${[...new Set(parts)].join('; ')}. Correct it in the environment and start again.`;
}

/** Several processes may ask at once: the file appears complete or not at all, and the first one wins. */
function secretFile(dataDir: string, name: string): string {
  const path = join(dataDir, name);
  const read = () => readFileSync(path, 'utf8').trim();
  const found = readIfThere(path);
  if (found !== undefined) return found;
  const draft = `${path}.${process.pid}`;
  try {
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(draft, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
    linkSync(draft, path);
  } catch (error) {
    if (at(error, 'code') !== 'EEXIST') throw unusable(path, error);
  } finally {
    rmSync(draft, { force: true });
  }
  return read();
}

function keyFile(path: string): Buffer | undefined {
  const text = readIfThere(path);
  if (text === undefined) return undefined;
  const key = masterKey.safeParse(text);
  if (key.success) return key.data;
  throw new ConfigError(`${path} holds no master key: 32 bytes, as 64 hex digits or as base64.`);
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if (at(error, 'code') === 'ENOENT') return undefined;
    throw unusable(path, error);
  }
}

function unusable(path: string, error: unknown): ConfigError {
  const code = at(error, 'code') ?? String(error);
  return new ConfigError(
    `${path} cannot be read or written (${code}). Make it accessible, or point ENSEMBLE_DATA_DIR elsewhere.`,
  );
}
