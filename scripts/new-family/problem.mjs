/** Something that the person can put right: the command says it without a stack. */
export class Problem extends Error {}
