import { describe, expect, it } from 'vitest';
import { sampleMail } from '@/lib/mail/received';
import { mailInput } from './mail-input';

const files = ['a', 'b'].map((id) => ({ id, name: `${id}.csv`, mediaType: 'text/csv', size: 1 }));
const mail = { ...sampleMail, to: ['x@example.com', 'y@example.com'], attachments: files };
const field = (name: string, type = 'text', required = false) =>
  ({ name, type, required, default: '' }) as Parameters<typeof mailInput>[0][number];
const filled = (...fields: ReturnType<typeof field>[]) => {
  const filler = mailInput(fields);
  return 'problem' in filler ? filler.problem : filler.fill(mail);
};

describe('mailInput', () => {
  it('gives the whole email where nothing is declared', () => {
    expect(filled()).toEqual({ message: mail });
  });
  it('gives parts by name, files in their order, and lists as text where a text is wanted', () => {
    expect(
      filled(
        ...[field('from', 'email'), field('subject'), field('to'), field('first', 'file')],
        ...[field('second', 'file'), field('third', 'file'), field('all', 'json')],
      ),
    ).toEqual({
      ...{ from: 'ada@example.com', subject: 'Order 4711', to: 'x@example.com, y@example.com' },
      ...{ first: 'a', second: 'b', all: mail },
    });
  });
  it('gives the text to the only text that is no part', () => {
    expect(filled(field('question', 'longtext'), field('subject'))).toEqual({
      ...{ question: mail.text, subject: mail.subject },
    });
    expect(filled(field('one'), field('two'))).toEqual({});
  });
  it('says what an email cannot fill', () => {
    expect(filled(field('amount', 'number', true))).toContain('“amount” is required');
    expect(filled(field('one', 'text', true), field('two', 'text', true))).toContain('“one”');
    expect(filled(field('constructor', 'number', true))).toContain('“constructor”');
  });
});
