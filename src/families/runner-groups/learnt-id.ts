/** The id of a group in GitHub's answer to its create. @throws where it has none */
export function learntId(answer: unknown): number {
  const id = (answer as { readonly id?: unknown } | undefined)?.id
  if (typeof id !== 'number') throw new Error('GitHub gave no id for the runner group that it created')
  return id
}
