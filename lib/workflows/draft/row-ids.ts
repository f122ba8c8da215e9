import type { Catalogue } from '../node-catalogue';
import { shapesOf } from './draft-shape';
import { isObject, type Json, type JsonObject } from './draft-value';

/** A node's config with ids for the rows of its lists that have none: a file written by hand may leave them to us. */
export function withRowIds(type: string, config: JsonObject, catalogue: Catalogue): JsonObject {
  const named = { ...config };
  for (const [name, shape] of Object.entries(shapesOf(catalogue, type))) {
    const rows = config[name];
    if (shape.kind !== 'rows' || !Array.isArray(rows) || !rows.some(lacksId)) continue;
    const ids = rows.flatMap((row) => (isObject(row) && typeof row.id === 'string' ? row.id : []));
    named[name] = rows.map((row, index) =>
      lacksId(row) ? { id: taken(ids, freeId(`row-${index + 1}`, ids)), ...row } : row,
    );
  }
  return named;
}

const lacksId = (row: Json): row is JsonObject => isObject(row) && row.id === undefined;

/** Notes a name as taken, and gives it. */
export function taken(names: string[], name: string): string {
  names.push(name);
  return name;
}

/** The id itself where it is free, else with the first free number. */
export function freeId(base: string, ids: readonly string[]): string {
  let id = base;
  for (let count = 2; ids.includes(id); count++) id = `${base}-${count}`;
  return id;
}
