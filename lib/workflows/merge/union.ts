import { isObject, type Json, type JsonObject, sameJson } from '../draft/draft-value';
import { type Clash, defineMerge } from './define-merge';

export default defineMerge({
  name: 'union',
  summary:
    'Both people’s entries are kept; if both changed the same entry, one wins and the other is notified.',
  resolve(clash) {
    const { mine, theirs, before } = clash;
    if (Array.isArray(mine) && Array.isArray(theirs)) {
      return {
        value: unionOfItems(mine, theirs, Array.isArray(before) ? before : []),
        lost: false,
      };
    }
    return isObject(mine) && isObject(theirs)
      ? unionOfEntries(mine, theirs, isObject(before) ? before : {})
      : { value: theirs, lost: mine !== undefined };
  },
});

function unionOfItems(mine: Json[], theirs: Json[], before: Json[]): Json[] {
  const nameOf = (item: Json) =>
    isObject(item) && typeof item.id === 'string' ? item.id : undefined;
  const alike = (a: Json, b: Json) => {
    const name = nameOf(a);
    return name === undefined ? sameJson(a, b) : name === nameOf(b);
  };
  const added = mine.filter((item) => ![...theirs, ...before].some((other) => alike(item, other)));
  return [...theirs, ...added];
}

function unionOfEntries(
  mine: JsonObject,
  theirs: JsonObject,
  before: JsonObject,
): ReturnType<ReturnType<typeof defineMerge>['resolve']> {
  const value: JsonObject = { ...theirs };
  let lost = false;
  for (const name of new Set([...Object.keys(mine), ...Object.keys(before)])) {
    const own: Clash['mine'] = mine[name];
    if (sameJson(own, before[name]) || sameJson(own, theirs[name])) continue;
    if (!sameJson(theirs[name], before[name])) {
      const other = theirs[name];
      const merged =
        isObject(own) && isObject(other)
          ? unionOfEntries(own, other, asObject(before[name]))
          : undefined;
      if (merged) value[name] = merged.value as Json;
      lost ||= merged?.lost ?? true;
    } else if (own === undefined) delete value[name];
    else value[name] = own;
  }
  return { value, lost };
}

const asObject = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});
