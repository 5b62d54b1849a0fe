const PREFIXES = ['GITHUB_', 'GH_', 'OCTOFORM_', 'ACTIONS_', 'RUNNER_', 'INPUT_', 'NODE_'] as const

/**
 * Explains why a variable is refused as the source of a secret's value; undefined where it is accepted. The prefixes
 * belong to credentials (of octoform itself too), to the runner and to Node: an author of the YAML must not be able to
 * copy one of these into a secret that a workflow of their own can read. Case is ignored, because Windows ignores it.
 * @param name of the environment variable
 */
export function whyReserved(name: string): string | undefined {
  const upper = name.toUpperCase()
  const prefix = PREFIXES.find((start) => upper.startsWith(start))
  if (prefix === undefined) return undefined
  return `variables that begin with ${prefix} are never read as a secret's value; give the value in a variable of another name`
}
