// Written by `npm run catalog`. Add a file beside this one instead of changing it.
import agentEntry from './agent';
import approvalEntry from './approval';
import type { NodeType } from './define-node';
import delayEntry from './delay';
import handoffEntry from './handoff';
import httpEntry from './http';
import ifEntry from './if';
import joinEntry from './join';
import loopEntry from './loop';
import mapEntry from './map';
import modelEntry from './model';
import onErrorEntry from './on-error';
import outputEntry from './output';
import plannerEntry from './planner';
import readFileEntry from './read-file';
import routerEntry from './router';
import startEntry from './start';
import stopEntry from './stop';
import switchEntry from './switch';
import transformEntry from './transform';
import waitEventEntry from './wait-event';
import waitUntilEntry from './wait-until';
import workflowEntry from './workflow';

/** Every node type by its `type`. */
export const catalogue: Readonly<Record<string, NodeType>> = {
  agent: agentEntry,
  approval: approvalEntry,
  delay: delayEntry,
  handoff: handoffEntry,
  http: httpEntry,
  if: ifEntry,
  join: joinEntry,
  loop: loopEntry,
  map: mapEntry,
  model: modelEntry,
  'on-error': onErrorEntry,
  output: outputEntry,
  planner: plannerEntry,
  'read-file': readFileEntry,
  router: routerEntry,
  start: startEntry,
  stop: stopEntry,
  switch: switchEntry,
  transform: transformEntry,
  'wait-event': waitEventEntry,
  'wait-until': waitUntilEntry,
  workflow: workflowEntry,
};
