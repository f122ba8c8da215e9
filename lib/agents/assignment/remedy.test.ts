import { expect, it } from 'vitest';
import { needsSchema, needsText, skillSchema } from './needs';
import type { Try } from './record';
import { excluded, maxTries, remedyFor } from './remedy';

const needs = needsSchema.parse({});
const tried = (taken: string, code: string): Try => ({
  round: 1,
  assignment: { needs, taken, reason: '', looked: 2, fit: 2, agents: [] },
  failed: { code, message: 'It went wrong.' },
});

it('follows the kind of failure', () => {
  expect(remedyFor([tried('ada', 'worker_lost')], [])).toMatchObject({ go: true });
  expect(remedyFor([tried('ada', 'worker_lost')], [])).not.toHaveProperty('not');
  expect(remedyFor([tried('ada', 'output_misfit')], [])).toMatchObject({
    told: expect.stringContaining('It went wrong.'),
  });
  expect(remedyFor([tried('ada', 'agent_stopped')], [])).toMatchObject({ go: true, not: 'ada' });
  expect(remedyFor([tried('ada', 'something_new')], [])).toMatchObject({ go: true, not: 'ada' });
  expect(remedyFor([tried('ada', 'expression_failed')], []).go).toBe(false);
  for (const code of ['budget_exceeded', 'not_allowed', 'outcome_unknown', 'assignment_failed'])
    expect(remedyFor([tried('ada', code)], [])).toMatchObject({ go: false });
  // The second time another agent gets it.
  const twice = [tried('ada', 'output_misfit'), tried('ada', 'output_misfit')];
  expect(remedyFor(twice, [])).toMatchObject({ go: true, not: 'ada' });
});

it('nobody begins again by themselves what cannot be taken back', () => {
  const remedy = remedyFor([tried('ada', 'agent_stopped')], ['Send an email']);
  expect(remedy).toMatchObject({ go: false, text: expect.stringContaining('Send an email') });
});

it('ends after a fixed number of tries, of which those of an agent that was away are none', () => {
  const away = tried('ada', 'agent_away');
  const tries: Try[] = [];
  for (let count = 1; count < maxTries; count += 1) {
    tries.push(away, tried(`a${count}`, 'agent_stopped'));
    expect(remedyFor(tries, []).go).toBe(true);
  }
  expect([...excluded(tries).keys()]).toEqual(['a1', 'a2']);
  tries.push(tried('last', 'agent_stopped'));
  expect(remedyFor(tries, [])).toMatchObject({
    go: false,
    text: expect.stringContaining('3 times'),
  });
  expect(
    remedyFor(
      Array.from({ length: 10 }, () => away),
      [],
    ).go,
  ).toBe(false);
});

it('skills are short texts in lower case', () => {
  expect(skillSchema.parse('  Code Review ')).toBe('code review');
  expect(skillSchema.parse('C++')).toBe('c++');
  expect(skillSchema.parse('Übersetzung')).toBe('übersetzung');
  for (const bad of ['', '-x', 'a\u202eb', 'x'.repeat(41), 'a\nb']) {
    expect(skillSchema.safeParse(bad).success, bad).toBe(false);
  }
  expect(needsText(needsSchema.parse({ skills: ['review'], privacy: 'local' }))).toBe(
    'review; on this machine',
  );
  expect(needsText(needs)).toBe('any agent');
});
