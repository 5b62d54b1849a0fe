/** The commands whose subcommands are operations, by their first word: their help, known before an operation is loaded. */
export const GROUPS: Readonly<Record<string, string>> = {
  artifacts: 'what runs have left: list, show, download, delete',
  caches: 'caches of workflows: list, delete, usage',
  images: 'custom images of hosted runners: list, show, delete',
  jobs: 'jobs of runs: show, logs, rerun',
  runners: 'self-hosted runners: list, show, remove, and what registers them',
  runs: 'runs of workflows: list, show, logs, cancel, rerun, delete, approve, review',
  workflows: 'workflows: list, show, enable, disable, dispatch, usage',
}

/** Whether a command line is about operations. */
export function namesGroup(args: readonly string[]): boolean {
  return args.some((word) => Object.hasOwn(GROUPS, word))
}
