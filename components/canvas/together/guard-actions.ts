import type { Actions } from '../actions';
import type { LocalState } from '../local-state';

type Deed = (...given: never[]) => unknown;
/** Which steps a deed would change. */
type Target<Of extends Deed> = (local: LocalState, ...given: Parameters<Of>) => Iterable<string>;

const selected = ({ nodes }: LocalState) => nodes;
const targets: {
  [Name in keyof Actions]?: Actions[Name] extends Deed ? Target<Actions[Name]> : never;
} = {
  remove: (_, nodes) => nodes,
  removeSelected: selected,
  toggleDisabled: (_, ids) => ids,
  rename: (_, id) => [id],
  startRenaming: (_, id) => [id],
  drop: (_, places) => places.keys(),
  nudge: selected,
  toggleFixed: (_, ids) => ids,
  editPin: (_, id) => (id === undefined ? [] : [id]),
  group: selected,
  ungroup: selected,
  distribute: selected,
  colorOnly: selected,
};

/** The same deeds, which do nothing to steps that somebody else locked, and say why. */
export function guardActions(
  actions: Actions,
  local: { get(): LocalState },
  refusal: (nodeIds: Iterable<string>) => string | undefined,
  say: (reason: string) => void,
): Actions {
  const guarded: Record<string, unknown> = { ...actions };
  for (const [name, target] of Object.entries(targets)) {
    const deed = actions[name as keyof Actions] as Deed;
    guarded[name] = (...given: never[]) => {
      const reason = refusal((target as Target<Deed>)(local.get(), ...given));
      if (reason === undefined) return deed(...given);
      say(reason);
      return undefined;
    };
  }
  return guarded as Actions;
}
