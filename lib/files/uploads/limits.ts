/** The most bytes of one chunk: what a cut connection loses at most. */
export const chunkBytes = 1_048_576;
/** An upload of which nothing comes for so long is deleted. */
export const keepHours = 24;
/** Uploads of one workspace that are not finished. */
export const maxUnfinished = 100;
/** Those of one person: nobody takes the places of all. */
export const maxUnfinishedOfPerson = 40;
/** Files that people may keep in one workspace. */
export const maxFilesOfPeople = 50_000;
/** Chunks of one upload at most: each is a row, and one sender must not make millions of them. */
export const maxChunks = 10_000;
