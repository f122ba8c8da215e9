/** A piece of a call as a server streams it; any of its fields may be missing or empty. */
export type CallPiece = {
  id?: string | undefined;
  index?: number | undefined;
  name?: string | undefined;
  /** A piece of the arguments' text, or all of them as an object. */
  args?: string | object | undefined;
  /** What the vendor wants to see again with the call. */
  opaque?: Record<string, unknown> | undefined;
};

export type AssembledCall = {
  id?: string;
  name: string;
  argsText: string;
  opaque?: Record<string, unknown>;
};

type Open = AssembledCall & { index: number | undefined };

/**
 * Puts calls together out of pieces, by what each says of where it belongs, in this order: the id of a call that is
 * there; a new id, which begins a call, also at a place that is taken; the place, unless a name comes where the call
 * there is complete, which begins the next; and else the call that came last.
 */
export function assembleToolCalls(): { push(piece: CallPiece): void; calls(): AssembledCall[] } {
  const all: Open[] = [];
  const byId = new Map<string, Open>();
  const byIndex = new Map<number, Open>();
  let current: Open | undefined;

  const begin = ({ id, index, name }: CallPiece): Open => {
    const call: Open = { name: name ?? '', argsText: '', index, ...(id ? { id } : {}) };
    all.push(call);
    if (id) byId.set(id, call);
    if (index !== undefined) byIndex.set(index, call);
    return call;
  };
  const find = (piece: CallPiece): Open => {
    const { id, index, name } = piece;
    if (id) return byId.get(id) ?? adopted(piece) ?? begin(piece);
    const there =
      index === undefined ? current : (byIndex.get(index) ?? (name ? undefined : current));
    if (there === undefined || (name && isOver(there, name))) return begin(piece);
    return there;
  };
  /** A call whose id comes after its first piece. */
  const adopted = ({ id, index, name }: CallPiece): Open | undefined => {
    const there = index === undefined ? undefined : byIndex.get(index);
    if (id === undefined || there === undefined || there.id !== undefined || name) return undefined;
    there.id = id;
    byId.set(id, there);
    return there;
  };
  return {
    push(piece) {
      const call = find(piece);
      current = call;
      if (piece.name && call.name === '') call.name = piece.name;
      if (piece.opaque !== undefined) call.opaque = piece.opaque;
      if (typeof piece.args === 'string') call.argsText += piece.args;
      else if (piece.args !== undefined) call.argsText = JSON.stringify(piece.args);
    },
    calls: () => all.map(({ index: _, ...call }) => call),
  };
}

/** Whether a name that comes without an id begins the next call. */
function isOver(call: Open, name: string): boolean {
  const written = call.argsText.trimEnd();
  if (written === '') return call.name !== '' && call.name !== name;
  if (!written.endsWith('}') && !written.endsWith('"')) return false;
  try {
    JSON.parse(written);
    return true;
  } catch {
    return false;
  }
}
