import { z } from 'zod';
import type { inputTypes } from '@/lib/nodes/forms/input-types';
import { choicesOf } from '@/lib/nodes/forms/input-values';
import { startConfig } from '@/lib/nodes/forms/start';
import type { Json } from '@/lib/workflows/draft/draft-value';
import { type Catalogue, typeNamed } from '@/lib/workflows/node-catalogue';
import type { Definition, WorkflowNode } from '@/lib/workflows/schema';
import { madeUp } from './made-up';

/** Steps that a rehearsal would let read from outside, or from files that are not there yet. */
const reading: ReadonlySet<string> = new Set(['http', 'rss', 'read-file']);

/**
 * A draft that can be rehearsed before anybody has read it, and with what: what it would fetch or read is the sample of its
 * step, so that nothing leaves this machine, and inputs without a default have a value that fits.
 */
export function rehearsable(
  definition: Definition,
  catalogue: Catalogue,
): { definition: Definition; input: Record<string, unknown>; reads: string[] } {
  const reads: string[] = [];
  const shipped = shippedFiles(definition);
  const nodes = definition.nodes.map((node) => {
    const isThere = node.pinnedOutput !== undefined || shipped.includes(textOf(node.config.file));
    const sample = reading.has(node.type) && !isThere ? sampleOf(node, catalogue) : undefined;
    if (sample === undefined) return node;
    reads.push(node.name);
    return { ...node, pinnedOutput: madeUp(sample, node, definition) };
  });
  const input = Object.fromEntries(
    inputsOf(definition).flatMap((each) =>
      each.default === '' ? [[each.name, standIn(each)]] : [],
    ),
  );
  return { definition: { ...definition, nodes }, input, reads };
}

function inputsOf({ nodes }: Definition) {
  const start = startConfig.safeParse(nodes.find(({ type }) => type === 'start')?.config ?? {});
  return start.success ? start.data.inputs : [];
}

/** How settings name the files that come with the product: these are there to be read. */
const shippedFiles = (definition: Definition): string[] =>
  inputsOf(definition)
    .filter((input) => input.default.startsWith('sample:'))
    .flatMap(({ name }) => [`steps.start.output.${name}`, `input.${name}`]);

const textOf = (value: Json | undefined): string =>
  typeof value === 'string' ? value.replace(/^\s*\{\{|\}\}\s*$/g, '').trim() : '';

function sampleOf(node: WorkflowNode, catalogue: Catalogue): Json | undefined {
  const { sample } = typeNamed(catalogue, node.type) ?? {};
  const plain = z.json().safeParse(sample);
  return plain.success ? plain.data : undefined;
}

type Input = { type: (typeof inputTypes)[number]; choices: string };

function standIn(input: Input): unknown {
  switch (input.type) {
    case 'text':
    case 'longtext':
      return 'An example';
    case 'number':
      return 1;
    case 'boolean':
      return true;
    case 'choice':
      return choicesOf(input)[0] ?? '';
    case 'date':
      return '2026-01-31';
    case 'email':
      return 'somebody@example.com';
    case 'file':
      return 'example.csv';
    case 'json':
      return [{ name: 'An example', amount: 1 }];
  }
}
