// Written by `npm run catalog`. Add a file beside this one instead of changing it.
import agentEntry from './agents/agent';
import handoffEntry from './agents/handoff';
import modelEntry from './agents/model';
import panelEntry from './agents/panel';
import plannerEntry from './agents/planner';
import toolEntry from './agents/tool';
import codeEntry from './data/code';
import dateEntry from './data/date';
import httpEntry from './data/http';
import readFileEntry from './data/read-file';
import rssEntry from './data/rss';
import serviceEntry from './data/service';
import transformEntry from './data/transform';
import delayEntry from './flow/delay';
import ifEntry from './flow/if';
import joinEntry from './flow/join';
import loopEntry from './flow/loop';
import mapEntry from './flow/map';
import onErrorEntry from './flow/on-error';
import outputEntry from './flow/output';
import routerEntry from './flow/router';
import stopEntry from './flow/stop';
import switchEntry from './flow/switch';
import waitEventEntry from './flow/wait-event';
import waitUntilEntry from './flow/wait-until';
import workflowEntry from './flow/workflow';
import approvalEntry from './forms/approval';
import startEntry from './forms/start';
import type { NodeType } from './node-type/define-node';
import addTableRowsEntry from './services/add-table-rows';
import askMessageEntry from './services/ask-message';
import deleteTableRowsEntry from './services/delete-table-rows';
import findTableRowsEntry from './services/find-table-rows';
import forgetEntry from './services/forget';
import lockMemoryEntry from './services/lock-memory';
import postToSlackEntry from './services/post-to-slack';
import readMailboxEntry from './services/read-mailbox';
import recallEntry from './services/recall';
import receiveMessagesEntry from './services/receive-messages';
import rememberEntry from './services/remember';
import sendMailEntry from './services/send-mail';
import sendMessageEntry from './services/send-message';
import sendWebhookEntry from './services/send-webhook';
import sqlQueryEntry from './services/sql-query';
import unlockMemoryEntry from './services/unlock-memory';
import updateTableRowsEntry from './services/update-table-rows';
import aggregateEntry from './tables/aggregate';
import extractHtmlEntry from './tables/extract-html';
import filterEntry from './tables/filter';
import groupEntry from './tables/group';
import joinListsEntry from './tables/join-lists';
import limitEntry from './tables/limit';
import parseDataEntry from './tables/parse-data';
import setFieldsEntry from './tables/set-fields';
import sortEntry from './tables/sort';
import splitOutEntry from './tables/split-out';
import splitTextEntry from './tables/split-text';
import uniqueEntry from './tables/unique';
import writeDataEntry from './tables/write-data';
import writeFileEntry from './tables/write-file';

/** Every node type by its `type`. */
export const catalogue: Readonly<Record<string, NodeType>> = {
  'add-table-rows': addTableRowsEntry,
  agent: agentEntry,
  aggregate: aggregateEntry,
  approval: approvalEntry,
  'ask-message': askMessageEntry,
  code: codeEntry,
  date: dateEntry,
  delay: delayEntry,
  'delete-table-rows': deleteTableRowsEntry,
  'extract-html': extractHtmlEntry,
  filter: filterEntry,
  'find-table-rows': findTableRowsEntry,
  forget: forgetEntry,
  group: groupEntry,
  handoff: handoffEntry,
  http: httpEntry,
  if: ifEntry,
  join: joinEntry,
  'join-lists': joinListsEntry,
  limit: limitEntry,
  'lock-memory': lockMemoryEntry,
  loop: loopEntry,
  map: mapEntry,
  model: modelEntry,
  'on-error': onErrorEntry,
  output: outputEntry,
  panel: panelEntry,
  'parse-data': parseDataEntry,
  planner: plannerEntry,
  'post-to-slack': postToSlackEntry,
  'read-file': readFileEntry,
  'read-mailbox': readMailboxEntry,
  recall: recallEntry,
  'receive-messages': receiveMessagesEntry,
  remember: rememberEntry,
  router: routerEntry,
  rss: rssEntry,
  'send-mail': sendMailEntry,
  'send-message': sendMessageEntry,
  'send-webhook': sendWebhookEntry,
  service: serviceEntry,
  'set-fields': setFieldsEntry,
  sort: sortEntry,
  'split-out': splitOutEntry,
  'split-text': splitTextEntry,
  'sql-query': sqlQueryEntry,
  start: startEntry,
  stop: stopEntry,
  switch: switchEntry,
  tool: toolEntry,
  transform: transformEntry,
  unique: uniqueEntry,
  'unlock-memory': unlockMemoryEntry,
  'update-table-rows': updateTableRowsEntry,
  'wait-event': waitEventEntry,
  'wait-until': waitUntilEntry,
  workflow: workflowEntry,
  'write-data': writeDataEntry,
  'write-file': writeFileEntry,
};
