// Written by `npm run catalog`. Add a file beside this one instead of changing it.
import type { Tool } from '../define-tool';
import agentDelegateEntry from './agent-delegate';
import agentsFindEntry from './agents-find';
import askPersonEntry from './ask-person';
import calculateEntry from './calculate';
import filesReadEntry from './files-read';
import filesSearchEntry from './files-search';
import httpRequestEntry from './http-request';
import memoryForgetEntry from './memory-forget';
import memoryRecallEntry from './memory-recall';
import memoryRememberEntry from './memory-remember';
import messageAskEntry from './message-ask';
import messageReplyEntry from './message-reply';
import messageSendEntry from './message-send';
import messageSubscribeEntry from './message-subscribe';
import readMoreEntry from './read-more';
import runCodeEntry from './run-code';
import toolsFindEntry from './tools-find';
import webReadEntry from './web-read';
import workflowChangeEntry from './workflow-change';

/** Every built-in tool, by its name with hyphens. */
export const catalogue: Readonly<Record<string, Tool>> = {
  'agent-delegate': agentDelegateEntry,
  'agents-find': agentsFindEntry,
  'ask-person': askPersonEntry,
  calculate: calculateEntry,
  'files-read': filesReadEntry,
  'files-search': filesSearchEntry,
  'http-request': httpRequestEntry,
  'memory-forget': memoryForgetEntry,
  'memory-recall': memoryRecallEntry,
  'memory-remember': memoryRememberEntry,
  'message-ask': messageAskEntry,
  'message-reply': messageReplyEntry,
  'message-send': messageSendEntry,
  'message-subscribe': messageSubscribeEntry,
  'read-more': readMoreEntry,
  'run-code': runCodeEntry,
  'tools-find': toolsFindEntry,
  'web-read': webReadEntry,
  'workflow-change': workflowChangeEntry,
};
