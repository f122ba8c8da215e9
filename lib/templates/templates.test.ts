import { expect, it } from 'vitest';
import { catalogue as roles } from '@/lib/agents/roles/catalogue';
import { catalogue as nodes } from '@/lib/nodes/catalogue';
import { findProblems } from '@/lib/workflows/problems/problems';
import { catalogue } from './catalogue';
import { templateDefinition } from './define-template';
import { needsOf } from './needs';

const templates = Object.values(catalogue);

it('has ten and more, each for another job', () => {
  expect(templates.length).toBeGreaterThanOrEqual(10);
  expect(new Set(templates.map((template) => template.title)).size).toBe(templates.length);
});

it.each(templates.map((template) => [template.name, template] as const))(
  '%s has no problems and no step on top of another',
  (_, template) => {
    const definition = templateDefinition(template);
    expect(findProblems(definition, nodes, { agents: Object.keys(roles) })).toEqual([]);
    const places = definition.nodes.map((node) => JSON.stringify(node.position));
    expect(new Set(places).size).toBe(places.length);
    const reached = new Set(definition.edges.flatMap((edge) => [edge.source, edge.target]));
    expect(definition.nodes.filter((node) => !reached.has(node.id))).toEqual([]);
  },
);

it('says what a run takes', () => {
  const research = catalogue.research;
  if (!research) throw new Error('no template "research"');
  const needs = needsOf(templateDefinition(research));
  expect(needs).toMatchObject({ calls: 6, hosts: [] });
  expect(needs.costUsd).toBeGreaterThan(0);
  const lead = catalogue['lead-enrichment'];
  if (!lead) throw new Error('no template "lead-enrichment"');
  expect(needsOf(templateDefinition(lead)).hosts).toEqual(['en.wikipedia.org']);
});
