// Written by `npm run catalog`. Add a file beside this one instead of changing it.
import type { Tool } from '../define-tool';
import askPersonEntry from './ask-person';
import calculateEntry from './calculate';
import filesReadEntry from './files-read';
import filesSearchEntry from './files-search';
import httpRequestEntry from './http-request';
import runCodeEntry from './run-code';
import webReadEntry from './web-read';

/** Every built-in tool, by its name with hyphens. */
export const catalogue: Readonly<Record<string, Tool>> = {
  'ask-person': askPersonEntry,
  calculate: calculateEntry,
  'files-read': filesReadEntry,
  'files-search': filesSearchEntry,
  'http-request': httpRequestEntry,
  'run-code': runCodeEntry,
  'web-read': webReadEntry,
};
