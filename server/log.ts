import pino, { type Logger } from 'pino';
import { at } from '@/lib/values/unknown';
import type { Config } from '@/server/config';

/** Structured lines on standard output. Give a run's lines `run`, `step` and `attempt` with `child`. */
export type Log = Logger;

/** Names of fields that never reach a log, wherever up to three levels deep they stand. */
const secretFields = [
  'password',
  'secret',
  'token',
  'apiKey',
  'key',
  'authorization',
  'cookie',
  'masterKey',
  'previousMasterKey',
  'authSecret',
  'databaseUrl',
  'redisUrl',
];

const redactedPaths = [
  ...secretFields.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
  '*.headers["set-cookie"]',
  '*.headers["x-api-key"]',
];

/** The log of one process; `name` says which one. Fields that hold secrets are printed as `[redacted]`. */
export function createLog(config: Pick<Config, 'logLevel'>, name: string): Log {
  return pino({
    name,
    level: config.logLevel,
    redact: { paths: redactedPaths, censor: '[redacted]' },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: errorWithoutSecrets },
  });
}

/** Errors of drivers carry connection strings: what looks like `user:password@` is cut out of their texts. */
function errorWithoutSecrets(error: unknown): unknown {
  const plain = pino.stdSerializers.err(error as Error);
  if (typeof plain !== 'object' || plain === null) return plain;
  return {
    type: plain.type,
    code: at(plain, 'code'),
    message: withoutCredentials(plain.message),
    stack: withoutCredentials(plain.stack),
  };
}

function withoutCredentials(text: string | undefined): string {
  return (text ?? '').replace(/:\/\/[^\s/@]*@/g, '://[redacted]@');
}
