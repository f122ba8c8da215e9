import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Runs a program of node_modules with its output on ours. Resolves to whether it succeeded within the time limit. */
export function runTool(name, args, { limitMs, env = {} }) {
  return new Promise((resolve) => {
    const child = spawn(join(root, 'node_modules', '.bin', name), args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const forward = (signal) => child.kill(signal);
    process.on('SIGINT', forward).on('SIGTERM', forward);
    const limit = setTimeout(() => {
      process.stdout.write(`${name} took longer than ${limitMs / 60_000} minutes and is ended.\n`);
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), 10_000).unref();
    }, limitMs);
    const end = (ok) => {
      clearTimeout(limit);
      process.off('SIGINT', forward).off('SIGTERM', forward);
      resolve(ok);
    };
    child.once('error', (error) => {
      process.stdout.write(`${error.message}\n`);
      end(false);
    });
    child.once('close', (code) => end(code === 0));
  });
}
