import { expect, it } from 'vitest';
import { type KnownConnection, onlyConnection } from './connection-problems';

const connection = (name: string, more: Partial<KnownConnection> = {}): KnownConnection => ({
  ...{ name, kind: 'smtp', workflowIds: null, userIds: null },
  ...more,
});
const asker = { workflowId: 'w1', userId: 'ana' };
const only = (...known: KnownConnection[]) => onlyConnection(known, ['smtp'], asker);

it('chooses for nobody where there are several, or where one may not be used', () => {
  const office = connection('Office');
  expect(only(office)).toBe('Office');
  expect(only(office, connection('Other'))).toBeUndefined();
  expect(only(connection('Inbox', { kind: 'imap' }))).toBeUndefined();
  expect(only(office, connection('Of another', { workflowIds: ['w2'] }))).toBe('Office');
  expect(only(office, connection('Of Ben', { userIds: ['ben'] }))).toBe('Office');
  expect(only(connection('Of Ben', { userIds: ['ben'] }))).toBeUndefined();
});
