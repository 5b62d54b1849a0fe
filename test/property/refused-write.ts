/** A write that GitHub refuses: the one of its method that comes at this place. */
export interface RefusedWrite {
  readonly method: string
  /** From 1. */
  readonly nth: number
}

/** @param writes lines that begin with their methods */
export function refusedWrite(writes: readonly string[], index: number): RefusedWrite {
  const methods = writes.slice(0, index + 1).map((line) => line.split(' ')[0] ?? '')
  const method = methods.at(-1) ?? ''
  return { method, nth: methods.filter((each) => each === method).length }
}
