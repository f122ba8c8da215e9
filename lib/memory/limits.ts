/** Characters of a value as JSON. */
export const maxValueCharacters = 65_536;
/** Entries of a space that are there, and spaces with a free name in a workspace. */
export const maxEntries = 10_000;
export const maxSharedSpaces = 500;
/** Checkpoints of a space. */
export const maxCheckpoints = 100;
/** A path: its characters, parts, and the characters of a part. */
export const maxPath = { characters: 500, parts: 12, part: 120 } as const;
/** What one answer lists at most. */
export const maxListed = 200;
/** Entries of one import. */
export const maxImported = 5_000;
/** How long an entry may be kept before it expires. */
export const maxExpiresInSeconds = 10 * 366 * 86_400;
