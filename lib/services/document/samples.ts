import { listIn } from '@/lib/values/unknown';
import type { Resolve } from './references';
import { type Path, shapeOf } from './shapes';

const maxDepth = 4;
const maxFields = 40;
const maxParts = 250;

/** What a value of a schema looks like, cut where it goes deep; a circle ends there as well. */
export function sampleOf(schema: unknown, resolve: Resolve, path: Path): unknown {
  return sample(schema, resolve, path, 0, { left: maxParts });
}

function sample(
  given: unknown,
  resolve: Resolve,
  path: Path,
  depth: number,
  budget: { left: number },
): unknown {
  budget.left -= 1;
  const { type, schema, properties, options } = shapeOf(given, resolve, path);
  switch (type) {
    case 'object': {
      if (depth >= maxDepth) return {};
      const fields: [string, unknown][] = [];
      for (const [name, inner] of properties.slice(0, maxFields)) {
        if (budget.left <= 0) break;
        fields.push([
          name,
          sample(inner, resolve, [...path, 'properties', name], depth + 1, budget),
        ]);
      }
      return Object.fromEntries(fields.filter(([name]) => name !== '__proto__'));
    }
    case 'list':
      if (depth >= maxDepth || schema.items === undefined || budget.left <= 0) return [];
      return [sample(schema.items, resolve, [...path, 'items'], depth + 1, budget)];
    case 'integer':
    case 'number':
      return 0;
    case 'boolean':
      return true;
    case 'text':
      return options[0] ?? '';
    case 'any':
      return listIn(schema.oneOf).length > 0 ? {} : null;
  }
}
