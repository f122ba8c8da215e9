import { describe, expect, it } from 'vitest';
import { mentionedIds, toBody, toMarkdown, toPlain, toTyped } from './mentions';

const people = [
  { id: 'u1', name: 'Ana Lee', email: 'ana@x.test' },
  { id: 'u2', name: 'Ana', email: 'a@x.test' },
  { id: 'u3', name: 'Ben', email: 'ben1@x.test' },
  { id: 'u4', name: 'Ben', email: 'ben2@x.test' },
];
const names = new Map(people.map(({ id, name }) => [id, name]));

describe('mentions', () => {
  it('takes the longest name, and only whole ones', () => {
    expect(toBody('@Ana Lee and @Ana, not @Anabel nor x@Ana', people)).toBe(
      '@[Ana Lee](user:u1) and @[Ana](user:u2), not @Anabel nor x@Ana',
    );
  });

  it('tells two of one name apart by their address', () => {
    const body = toBody('@Ben (ben2@x.test) please, @Ben', people);
    expect(mentionedIds(body)).toEqual(['u4']);
    expect(toTyped(body, people)).toBe('@Ben (ben2@x.test) please, @Ben');
  });

  it('finds each id once', () => {
    expect(mentionedIds('@[A](user:u1) @[B](user:u2) @[A](user:u1) @[](user:u3)')).toEqual([
      'u1',
      'u2',
    ]);
  });

  it('shows the real name of an id, whatever was written', () => {
    expect(toMarkdown('@[The *Boss*](user:u2)!', names)).toBe('***@Ana***!');
    expect(toMarkdown('@[The *Boss*](user:gone)', names)).toBe('@The \\*Boss\\*');
    expect(toPlain('**Look**,\n @[x](user:u1)', names)).toBe('Look, @Ana Lee');
  });
});
