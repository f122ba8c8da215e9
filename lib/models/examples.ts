import { blendedPrice, type KnownModel, knownModels } from './catalogue';

/**
 * Models that tell what something would cost where none is set up: the cheapest able one of the catalogue, one in the
 * middle and the dearest, of as many vendors. In a list the newest stand first, and of equal prices the first is taken.
 */
export function exampleModels(known: readonly KnownModel[] = knownModels): KnownModel[] {
  const left = known.filter((model) => model.able && model.price !== undefined);
  const prices = left.map(blendedPrice);
  const least = Math.min(...prices);
  const most = Math.max(...prices);
  const found: KnownModel[] = [];
  for (const wanted of [least, most, Math.sqrt(least * most)]) {
    const far = (model: KnownModel) => Math.abs(Math.log(blendedPrice(model) / wanted));
    const others = left.filter(({ provider }) => !found.some((each) => each.provider === provider));
    const nearest = others.reduce<KnownModel | undefined>(
      (best, model) => (best === undefined || far(model) < far(best) ? model : best),
      undefined,
    );
    if (nearest) found.push(nearest);
  }
  return found.sort((a, b) => blendedPrice(a) - blendedPrice(b));
}
