import { codeLimits } from '@/lib/code/code-job';

/**
 * What stands in QuickJS before the code: its value is a function that calls the code with its names and gives back the
 * result as JSON. It keeps the functions it needs, so that code that changes them harms its own result alone.
 */
export const prelude = `(() => {
  'use strict';
  const { stringify, parse } = JSON;
  const { isArray, from } = Array;
  const [line, library] = [globalThis.__line, globalThis.__library];
  const values = parse(globalThis.__names);
  const keys = parse(globalThis.__keys);
  for (const name of ['__line', '__library', '__names', '__keys']) delete globalThis[name];
  class ResultError extends Error { get name() { return 'ResultError'; } }

  const shown = (value) => {
    if (typeof value === 'string') return value;
    if (value instanceof Error) return String(value);
    try { return stringify(value, plain) ?? String(value); } catch { return String(value); }
  };
  const plain = (key, value) => {
    if (typeof value === 'bigint') return String(value);
    if (value instanceof Map) return from(value.entries());
    if (value instanceof Set) return from(value);
    return value;
  };
  const write = (level) => (...said) =>
    line(level, said.map(shown).join(' ').slice(0, ${codeLimits.consoleLineCharacters}));
  const console = { log: write('log'), debug: write('log'), info: write('info'), warn: write('warn'), error: write('error') };

  const loaded = {};
  const require = (name) => {
    if (Object.hasOwn(loaded, name)) return loaded[name].exports;
    const text = library(String(name));
    if (text === undefined) throw new Error('There is no library "' + name + '" here.');
    const module = (loaded[name] = { exports: {} });
    (0, eval)(text)(module, module.exports);
    return module.exports;
  };

  return async (code) => {
    const value = await code(...keys.map((key) => values[key]), console, require);
    let json;
    try { json = stringify(value === undefined ? null : value, plain); }
    catch (error) { throw new ResultError('The result cannot be written as JSON: ' + error.message); }
    if (json === undefined) throw new ResultError('The result is a ' + typeof value + ', which cannot be kept.');
    return json;
  };
})()`;
