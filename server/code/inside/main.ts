import { readFileSync } from 'node:fs';
import releaseSync from '@jitl/quickjs-wasmfile-release-sync';
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSContext,
} from 'quickjs-emscripten-core';
import {
  type CodeEnd,
  type CodeFault,
  type ConsoleLine,
  codeLimits,
  consoleLevels,
} from '@/lib/code/code-job';
import { at, isRecord, textIn } from '@/lib/values/unknown';
import { readFrames, toFrame } from '../frames';
import type { SandboxJob } from '../sandbox-job';
import { prelude } from './prelude';

/** Pages of 64 KiB: what QuickJS may have at most, its own needs included. */
const pages = { initial: 256, maximum: 3_072 };
const stackBytes = 256 * 1024;

const bytes = readFileSync('/sandbox/quickjs.wasm');
const libraries: Record<string, string> = JSON.parse(
  readFileSync('/sandbox/libraries.json', 'utf8'),
);

const quickjs = await newQuickJSWASMModuleFromVariant(
  newVariant(releaseSync, {
    wasmBinary: new Uint8Array(bytes).buffer,
    wasmMemory: new WebAssembly.Memory(pages),
  }),
);
// Compiles what every job needs, before there is one.
run(
  { source: 'return [n].map((m) => m + 1)', keys: ['n'], timeoutMs: 1_000, memoryMb: 16 },
  '{"n":1}',
);

let read: Buffer = Buffer.alloc(0);
process.stdin.on('data', (part: Buffer) => {
  read = Buffer.concat([read, part]);
  const [job, names] = readFrames(read).frames;
  if (job === undefined || names === undefined) return;
  process.stdin.pause();
  const asked: SandboxJob = JSON.parse(job);
  process.stdout.write(toFrame(JSON.stringify(run(asked, names))));
});
process.stdout.write(toFrame('"ready"'));

/** Does one job in a context of its own. */
function run(job: SandboxJob, names: string): CodeEnd {
  const began = performance.now();
  const lines: ConsoleLine[] = [];
  const runtime = quickjs.newRuntime();
  runtime.setMemoryLimit(job.memoryMb * 1_048_576);
  runtime.setMaxStackSize(stackBytes);
  runtime.setInterruptHandler(() => performance.now() - began > job.timeoutMs);
  const context = runtime.newContext();
  const failed = (fault: CodeFault, message: string, line?: number): CodeEnd => ({
    ...{ ok: false, fault, message, console: lines },
    ...(line === undefined ? {} : { line }),
  });
  const thrown = (error: unknown): CodeEnd => failed(...faultOf(error, job));

  define(context, '__line', (level, text) => {
    if (lines.length < codeLimits.consoleLines) {
      lines.push({ level: consoleLevels.find((known) => known === level) ?? 'log', text });
    }
  });
  context.setProp(context.global, '__names', context.newString(names));
  context.setProp(context.global, '__keys', context.newString(JSON.stringify(job.keys)));
  const library = context.newFunction('__library', (name) => {
    const text = libraries[context.getString(name)];
    return text === undefined ? context.undefined : context.newString(text);
  });
  context.setProp(context.global, '__library', library);

  const ready = context.evalCode(prelude, 'prelude.js');
  if (ready.error) return thrown(context.dump(ready.error));
  // A line of its own, so that the lines of the source count as they stand; strict, so that mistakes are errors.
  const head = `"use strict"; async (${[...job.keys, 'console', 'require'].join(', ')}) => {`;
  const made = context.evalCode(`${head}\n${job.source}\n}`, 'code.js');
  if (made.error) {
    const error = context.dump(made.error);
    return isStop(error) ? thrown(error) : failed('syntax', textOf(error), lineOf(error));
  }
  const started = context.callFunction(ready.value, context.undefined, made.value);
  if (started.error) return thrown(context.dump(started.error));
  const jobs = runtime.executePendingJobs();
  if (jobs.error) return thrown(context.dump(jobs.error));
  const state = context.getPromiseState(started.value);
  if (state.type === 'pending') {
    return failed(
      'never_ends',
      'It awaits something that never comes: there are no timers and no network here.',
    );
  }
  if (state.type === 'rejected') return thrown(context.dump(state.error));
  const json = context.getString(state.value);
  if (json.length > codeLimits.valueCharacters) {
    return failed(
      'too_large',
      `The result takes ${json.length} characters; ${codeLimits.valueCharacters} are allowed.`,
    );
  }
  return {
    ok: true,
    value: JSON.parse(json),
    console: lines,
    tookMs: Math.round(performance.now() - began),
  };
}

function define(
  context: QuickJSContext,
  name: string,
  work: (first: string, second: string) => void,
): void {
  const made = context.newFunction(name, (first, second) => {
    work(context.getString(first), context.getString(second));
  });
  context.setProp(context.global, name, made);
}

const isStop = (error: unknown): boolean =>
  at(error, 'name') === 'InternalError' && /interrupted|out of memory/.test(textOf(error));

function faultOf(error: unknown, job: SandboxJob): [CodeFault, string, number?] {
  const text = textOf(error);
  const line = lineOf(error);
  if (/interrupted/.test(text)) {
    return ['too_long', `The code was stopped after ${job.timeoutMs} ms.`];
  }
  if (error === null || /out of memory/.test(text)) {
    return ['out_of_memory', `The code took more than ${job.memoryMb} MB and was stopped.`];
  }
  if (/stack overflow|Maximum call stack/.test(text)) {
    return ['threw', 'The code calls itself too deep (stack overflow).', line];
  }
  if (at(error, 'name') === 'ResultError') return ['bad_result', String(at(error, 'message'))];
  return ['threw', text, line];
}

function textOf(error: unknown): string {
  if (!isRecord(error)) return `It threw ${JSON.stringify(error)}.`.slice(0, 2_000);
  const said = [error.name, error.message].filter((part) => textIn(part) !== undefined);
  return said.length > 0 ? said.join(': ').slice(0, 2_000) : 'It threw an object.';
}

/** The line of the source, which begins on the second line of what is evaluated. */
function lineOf(error: unknown): number | undefined {
  const found = /code\.js:(\d+)/.exec(textIn(at(error, 'stack')) ?? '');
  return found?.[1] === undefined ? undefined : Math.max(1, Number(found[1]) - 1);
}
