import type { CanvasAnswer, CanvasCall } from '@/lib/canvas-turns/calls';
import type { TableAnswer, TableCall } from '@/lib/data-tables/calls';
import type { Mail, SentMail } from '@/lib/mail/mail';
import type { MailboxAnswer, MailboxCall } from '@/lib/mail/mailbox';
import type { McpAnswer, McpCall } from '@/lib/mcp/calls';
import type { MemoryAnswer, MemoryCall } from '@/lib/memory/calls';
import type { MessageAnswer, MessageCall } from '@/lib/messages/calls';
import type { SqlAnswer, SqlQuery } from '@/lib/sql/query';

/** What a step can ask of services other than web servers: the request of each, and its answer. */
export type ServiceCalls = {
  mail: { request: Mail; answer: SentMail };
  mailbox: { request: MailboxCall; answer: MailboxAnswer };
  table: { request: TableCall; answer: TableAnswer };
  sql: { request: SqlQuery; answer: SqlAnswer };
  memory: { request: MemoryCall; answer: MemoryAnswer };
  message: { request: MessageCall; answer: MessageAnswer };
  mcp: { request: McpCall; answer: McpAnswer };
  canvas: { request: CanvasCall; answer: CanvasAnswer };
};
export type ServiceName = keyof ServiceCalls;
