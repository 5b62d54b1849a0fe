/** The place of one of several works that go side by side, but for a part that they do one after the other. */
export interface OwnTurn {
  /** Resolves once the works before have ended that part, or all of their own. */
  come(): Promise<void>
  /** Lets the next one go on; to be called in any case. */
  end(): void
}

/** So many turns, in their order. */
export function inTurns(count: number): readonly OwnTurn[] {
  const turns: OwnTurn[] = []
  let before: Promise<void> = Promise.resolve()
  for (let index = 0; index < count; index += 1) {
    const earlier = before
    const { promise, resolve } = deferred()
    before = earlier.then(() => promise)
    turns.push({ come: () => earlier, end: resolve })
  }
  return turns
}

/** As `Promise.withResolvers`, which Node 20 lacks. */
function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => undefined
  const promise = new Promise<void>((settle) => {
    resolve = settle
  })
  return { promise, resolve }
}
