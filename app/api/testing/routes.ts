import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Handler } from '@/server/http/handle';

const folder = join(import.meta.dirname, '..');

/** A route file: its path as the address has it, with `[name]` for parameters, and how to load it. */
export type RouteFile = {
  path: string;
  load: () => Promise<Record<string, Handler>>;
};

/** Every route file below `app/api`. */
export function routeFiles(): RouteFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('route.ts'))
    .map((file) => ({
      path: `/api/${relative('.', join(file, '..'))}`,
      load: () => import(/* @vite-ignore */ join(folder, file)),
    }));
}

/** The route file that Next would take for an address, with its parameters: fixed folders first, then `[…]`. */
export function findRoute(
  files: readonly RouteFile[],
  pathname: string,
): { file: RouteFile; params: Record<string, string | string[]> } | undefined {
  const found = files
    .map((file) => ({ file, params: match(file.path, pathname) }))
    .filter((each) => each.params !== undefined)
    .sort((one, other) => (rank(one.file.path) < rank(other.file.path) ? -1 : 1));
  const first = found[0];
  return first?.params && { file: first.file, params: first.params };
}

function match(pattern: string, pathname: string): Record<string, string | string[]> | undefined {
  const folders = pattern.split('/');
  const parts = pathname.split('/');
  const params: Record<string, string | string[]> = {};
  for (const [index, name] of folders.entries()) {
    const rest = /^\[\.\.\.(\w+)\]$/.exec(name)?.[1];
    if (rest) {
      params[rest] = parts.slice(index);
      return parts.length > index ? params : undefined;
    }
    const one = /^\[(\w+)\]$/.exec(name)?.[1];
    const part = parts[index];
    if (part === undefined) return undefined;
    if (one) params[one] = decodeURIComponent(part);
    else if (part !== name) return undefined;
  }
  return parts.length === folders.length ? params : undefined;
}

/** Sorts fixed folders before parameters, and those before the rest. */
function rank(path: string): string {
  return path.replace(/\[\.\.\.\w+\]/g, '~~').replace(/\[\w+\]/g, '~');
}
