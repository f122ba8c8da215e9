// Written by `npm run catalog`. Add a file beside this one instead of changing it.
import agentEntry from './agent';
import approvalEntry from './approval';
import type { NodeType } from './define-node';
import delayEntry from './delay';
import httpEntry from './http';
import mapEntry from './map';
import modelEntry from './model';
import onErrorEntry from './on-error';
import outputEntry from './output';
import readFileEntry from './read-file';
import startEntry from './start';
import stopEntry from './stop';
import switchEntry from './switch';
import transformEntry from './transform';
import waitUntilEntry from './wait-until';

/** Every node type by its `type`. */
export const catalogue: Readonly<Record<string, NodeType>> = {
  agent: agentEntry,
  approval: approvalEntry,
  delay: delayEntry,
  http: httpEntry,
  map: mapEntry,
  model: modelEntry,
  'on-error': onErrorEntry,
  output: outputEntry,
  'read-file': readFileEntry,
  start: startEntry,
  stop: stopEntry,
  switch: switchEntry,
  transform: transformEntry,
  'wait-until': waitUntilEntry,
};
