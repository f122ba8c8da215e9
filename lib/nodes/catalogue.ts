// Written by `npm run catalog`. Add a file beside this one instead of changing it.
import agentEntry from './agent';
import type { NodeType } from './define-node';
import httpEntry from './http';
import modelEntry from './model';
import outputEntry from './output';
import readFileEntry from './read-file';
import startEntry from './start';
import switchEntry from './switch';
import transformEntry from './transform';

/** Every node type by its `type`. */
export const catalogue: Readonly<Record<string, NodeType>> = {
  agent: agentEntry,
  http: httpEntry,
  model: modelEntry,
  output: outputEntry,
  'read-file': readFileEntry,
  start: startEntry,
  switch: switchEntry,
  transform: transformEntry,
};
