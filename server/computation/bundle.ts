import { fileURLToPath } from 'node:url';
import { build, stop } from 'esbuild';

let made: Promise<string> | undefined;

/**
 * The thread's program as one text, made once per process: a thread that has to be replaced starts in some 0.1 s by
 * it, and in ten times as long where each of its modules is looked for and compiled.
 */
export function threadProgram(): Promise<string> {
  made ??= bundled();
  made.catch(() => {
    made = undefined;
  });
  return made;
}

async function bundled(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('./thread.ts', import.meta.url))],
    tsconfig: fileURLToPath(new URL('../../tsconfig.json', import.meta.url)),
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'silent',
  });
  // Its own process would wait for more to do.
  await stop();
  return outputFiles[0]?.text ?? '';
}
