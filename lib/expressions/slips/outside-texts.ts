const quoted = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g;

/** Changes what stands outside of quoted texts; those stay as they are. */
export function outsideTexts(source: string, change: (part: string) => string): string {
  let result = '';
  let from = 0;
  for (const found of source.matchAll(quoted)) {
    result += change(source.slice(from, found.index)) + found[0];
    from = found.index + found[0].length;
  }
  return result + change(source.slice(from));
}
