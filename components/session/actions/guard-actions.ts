import { elementOf, idsOf } from '@/lib/canvas/flow-ids';
import type { Graph } from '@/lib/canvas/graph';
import { insideOf } from '@/lib/canvas/layout/containers';
import { membersByGroup } from '@/lib/canvas/layout/frames';
import type { LocalState } from '../state/local-state';
import type { Actions } from './actions';

type Action = (...given: never[]) => unknown;
type Sight = { local: LocalState; graph: Graph };
/** Steps that an action would change. None: only a lock of the whole workflow forbids it. */
type Target<Of extends Action> = (sight: Sight, ...given: Parameters<Of>) => Iterable<string>;

const selected = ({ local }: Sight) => local.nodes;
/** These and what stands inside them, which goes along. */
const withInside = ({ graph }: Sight, ids: Iterable<string>) => {
  const chosen = new Set(ids);
  return [...chosen, ...insideOf(graph, chosen).keys()];
};
const selectedWithInside = (sight: Sight) => withInside(sight, sight.local.nodes);
const nothing = () => [];

/** Steps in these frames: without its frame a step is another one. */
function framed({ graph }: Sight, groups: Iterable<string>): string[] {
  const members = membersByGroup(graph.nodes);
  return [...groups].flatMap((id) => (members.get(id) ?? []).map((node) => node.id));
}

const withFramed = (sight: Sight) => [
  ...selectedWithInside(sight),
  ...framed(sight, idsOf(sight.local.objects, 'group')),
];

/** What `ungroup` takes apart: the frames that are selected, or else those around the selected steps. */
function ungrouped(sight: Sight): string[] {
  const chosen = idsOf(sight.local.objects, 'group');
  if (chosen.length > 0) return framed(sight, chosen);
  const around = [...sight.local.nodes].flatMap((id) => sight.graph.nodes.get(id)?.group ?? []);
  return framed(sight, new Set(around));
}

const targets: {
  [Name in keyof Actions]?: Actions[Name] extends Action ? Target<Actions[Name]> : never;
} = {
  remove: withInside,
  removeSelected: withFramed,
  removeObjects: (sight, flowIds) => framed(sight, idsOf(flowIds, 'group')),
  toggleDisabled: (_, ids) => ids,
  rename: (_, id) => [id],
  startRenaming: (_, id) => (elementOf(id).kind === 'node' ? [id] : []),
  drop: (sight, positions) => [
    ...positions.keys(),
    ...framed(sight, idsOf(positions.keys(), 'group')),
  ],
  nudge: selectedWithInside,
  align: selectedWithInside,
  distribute: selectedWithInside,
  group: selected,
  ungroup: ungrouped,
  color: selected,
  colorOnly: (_, flowId) => (elementOf(flowId).kind === 'node' ? [elementOf(flowId).id] : []),
  toggleFixed: (_, ids) => ids,
  editPin: (_, id) => (id === undefined ? [] : [id]),
  pin: (_, id) => [id],
  addStep: nothing,
  addNote: nothing,
  resizeNote: nothing,
  growNote: nothing,
  renameGroup: nothing,
  connect: nothing,
  reconnect: nothing,
  paste: nothing,
  pasteFromClipboard: nothing,
  duplicate: nothing,
  insertWorkflow: nothing,
  tidy: nothing,
};

/**
 * The same actions, but those on steps that somebody else locked do nothing and say why. Tidying leaves such steps where
 * they stand by itself.
 */
export function guardActions(
  actions: Actions,
  sight: () => Sight,
  refusal: (nodeIds: Iterable<string>) => string | undefined,
  say: (reason: string) => void,
): Actions {
  const guarded: Record<string, unknown> = { ...actions };
  for (const [name, target] of Object.entries(targets)) {
    const action = actions[name as keyof Actions] as Action;
    guarded[name] = (...given: never[]) => {
      const reason = refusal((target as Target<Action>)(sight(), ...given));
      if (reason === undefined) return action(...given);
      say(reason);
      return name === 'pin' ? reason : undefined;
    };
  }
  return guarded as Actions;
}
