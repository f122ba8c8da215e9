/**
 * Whether a thrown value carries a class's mark, a symbol of the global registry. In one process the server's copy of a
 * module and the web bundle's copy are two, and `instanceof` knows only the classes of its own.
 */
export function hasMark(value: unknown, mark: symbol): boolean {
  return typeof value === 'object' && value !== null && Reflect.get(value, mark) === true;
}
