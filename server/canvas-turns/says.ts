type Done = {
  made: readonly string[];
  refused: readonly string[];
  problems: readonly string[];
  assumptions: readonly string[];
  byRules: boolean;
};

/** What a change came to, in sentences for people. */
export function saysOf({ made, refused, problems, assumptions, byRules }: Done): string {
  const lines = (title: string, items: readonly string[]) =>
    items.length === 0 ? [] : [`${title}\n\n${items.map((item) => `- ${item}`).join('\n')}`];
  if (made.length === 0 && refused.length === 0 && byRules) {
    return 'Nothing was changed. Without a model only simple requests are understood, such as “Summarise the result”, “Ask for approval before Send email”, “Rename Draft to Reply” or “Remove Review”.';
  }
  return [
    ...lines('Suggested on the canvas, to accept or decline:', made),
    ...lines('Left as it is:', refused),
    ...lines('Still to be mended:', problems),
    ...lines('Assumed:', assumptions),
    ...(byRules ? ['Made by simple rules, without a model: read it before you accept it.'] : []),
  ].join('\n\n');
}
