/** What a search looks through. A file of its own: steps name it, and browsers load all steps. */
export const matchBys = ['both', 'words', 'meaning'] as const;
export type MatchBy = (typeof matchBys)[number];
