/** A command line of another program, in octoform's words. */
interface Habit {
  readonly words: readonly string[]
  readonly advice: string
}

const DELETE = 'What is to go is `absent` in the YAML, or its list is under `prune`: `octoform apply` deletes it then.'
const NO_STATE = 'There is no state: each run reads GitHub. `octoform drift` says what differs.'
const NO_VARIABLES =
  'There are no variables: a value comes from the environment (`value: { env: NAME }`), and anchors share the rest.'
const NOTHING_TO_FETCH = 'There are no providers or modules to fetch: octoform is whole as it is installed.'

/** Commands that octoform has under another name, or not at all. https://developer.hashicorp.com/terraform/cli/commands */
const COMMANDS: readonly Habit[] = [
  { words: ['destroy'], advice: DELETE },
  { words: ['refresh', 'state'], advice: NO_STATE },
  { words: ['taint', 'untaint'], advice: 'To put a value again: `octoform apply --rotate orgs/NAME/secrets/NAME`' },
  {
    words: ['fmt', 'format'],
    advice: 'The configuration is plain YAML for any formatter; `octoform validate` checks it.',
  },
  { words: ['check', 'lint', 'test'], advice: 'To check the configuration, offline: `octoform validate`' },
  { words: ['diff', 'preview', 'refresh-only', 'status'], advice: 'To see what would change: `octoform plan`' },
  { words: ['sync', 'up', 'deploy'], advice: 'To make GitHub what the YAML says: `octoform apply`' },
  { words: ['export', 'pull', 'dump'], advice: 'To have what GitHub has as YAML: `octoform import orgs/NAME`' },
  { words: ['get', 'providers', 'modules'], advice: NOTHING_TO_FETCH },
  {
    words: ['workspace', 'env'],
    advice: 'There are no workspaces: `octoform plan --config FILE` reads another configuration.',
  },
  { words: ['output', 'console', 'graph'], advice: 'For programs: `octoform plan --json`' },
  {
    words: ['login', 'logout'],
    advice: 'A credential is in the environment, such as OCTOFORM_TOKEN; `octoform doctor` says whether it is enough.',
  },
  {
    words: ['force-unlock'],
    advice: 'The message about a lock names its file: the lock ends by itself, or with that file.',
  },
  { words: ['version'], advice: 'For the version: `octoform --version`' },
]

/** Flags, without their dashes. */
const FLAGS: readonly Habit[] = [
  { words: ['destroy'], advice: DELETE },
  { words: ['var', 'var-file'], advice: NO_VARIABLES },
  { words: ['refresh-only'], advice: NO_STATE },
  {
    words: ['refresh', 'lock', 'input', 'compact-warnings', 'backend', 'reconfigure'],
    advice: 'Leave that flag out: it has no meaning here.',
  },
  { words: ['replace'], advice: 'To put a value again: `octoform apply --rotate orgs/NAME/secrets/NAME`' },
  { words: ['upgrade', 'plugin-dir', 'get'], advice: NOTHING_TO_FETCH },
  { words: ['chdir'], advice: 'Paths are relative to the file that they stand in: `octoform plan --config FILE`' },
  { words: ['generate-config-out'], advice: 'To have what GitHub has as YAML: `octoform import orgs/NAME`' },
  { words: ['dry-run', 'check'], advice: 'To see what would change: `octoform plan`' },
]

/**
 * The advice for a command or a flag of Terraform, or of a tool like it, that has no counterpart by its name.
 * @param args without the program's name
 * @param known the names of octoform's commands
 * @returns undefined where there is none
 */
export function adviceFor(args: readonly string[], known: readonly string[]): string | undefined {
  const command = args.find((arg) => !arg.startsWith('-'))
  if (command !== undefined && !known.includes(command)) return adviceIn(COMMANDS, command)
  const names = args.flatMap((arg) => /^--?([a-z][a-z-]*)(?:=|$)/.exec(arg)?.[1] ?? [])
  return names.map((name) => adviceIn(FLAGS, name)).find((advice) => advice !== undefined)
}

function adviceIn(habits: readonly Habit[], word: string): string | undefined {
  return habits.find(({ words }) => words.includes(word))?.advice
}
