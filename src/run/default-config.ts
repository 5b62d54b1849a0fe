/** The files that are read where no flag names one; a folder without them gets another message than a misspelt name. */
export const DEFAULT_CONFIG: readonly string[] = ['octoform.yaml']

/** Whether the files of a run are those that it would read without the flag. */
export function isDefaultConfig(config: readonly string[]): boolean {
  return config.length === 1 && config[0] === DEFAULT_CONFIG[0]
}
