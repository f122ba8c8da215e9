/** A document that is not read, with a sentence for people. */
export class Refused extends Error {}
