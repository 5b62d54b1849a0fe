import { append } from '../core/append.ts'
import { commandLine } from '../core/shell-word.ts'
import { GROUPS } from '../operations/groups.ts'

/** The resources of the gh command, with octoform's names for them. */
const RESOURCES: Readonly<Record<string, string>> = {
  artifact: 'artifacts',
  cache: 'caches',
  job: 'jobs',
  run: 'runs',
  runner: 'runners',
  workflow: 'workflows',
}

/** Its verbs, by octoform's resource. */
const VERBS: Readonly<Record<string, string>> = {
  'caches ls': 'caches list',
  // It names a run, where octoform downloads one artifact, by its id.
  'runs download': 'runs artifacts',
  'runs ls': 'runs list',
  'runs view': 'runs show',
  'runs watch': 'runs show',
  'workflows ls': 'workflows list',
  'workflows run': 'workflows dispatch',
  'workflows view': 'workflows show',
}

/** Its flags; an empty list for one that octoform needs no word for. */
const FLAGS: Readonly<Record<string, readonly string[]>> = {
  '-L': ['--limit'],
  '-w': ['--workflow'],
  '-b': ['--branch'],
  '-s': ['--status'],
  '-e': ['--event'],
  '-u': ['--actor'],
  '--user': ['--actor'],
  '-c': ['--head-sha'],
  '--commit': ['--head-sha'],
  '-r': ['--ref'],
  '-F': ['-f'],
  '--raw-field': ['-f'],
  '-a': [],
  '--all': [],
  '-d': ['--debug-logging'],
  '--debug': ['--debug-logging'],
  '-k': ['--key'],
  '-n': ['--name'],
  '-O': ['--direction'],
  '--order': ['--direction'],
  '-S': ['--sort'],
  '--exit-status': [],
  '--yaml': [],
}

/** Its flags with a word behind them that has no place here. */
const DROPPED: readonly string[] = ['-D', '--dir', '-t', '--template', '-i', '--interval', '-p', '--pattern']

/** By the verb and a flag of it: the command that does that here, and whether the word behind the flag is what it is about. */
const BY_FLAG: Readonly<Record<string, { readonly command: string; readonly takes?: 'word' }>> = {
  'runs view --log': { command: 'runs logs' },
  'runs view --log-failed': { command: 'runs logs' },
  'runs view --job': { command: 'jobs show', takes: 'word' },
  'runs view -j': { command: 'jobs show', takes: 'word' },
  'runs rerun --job': { command: 'jobs rerun', takes: 'word' },
  'runs rerun -j': { command: 'jobs rerun', takes: 'word' },
  'runs cancel --force': { command: 'runs force-cancel' },
}

/** The flag that names the repository, which is octoform's first word. */
const REPOSITORY: readonly string[] = ['-R', '--repo']
const PLACEHOLDER = 'OWNER/NAME'

/**
 * The command line of octoform for one of the gh command, such as `run list -R acme/web -L 5`. The repository, which gh finds
 * in the folder, must be named. https://cli.github.com/manual/gh_run_list
 * @param args without the program's name
 * @returns undefined where it says the same already, or is about no operation
 */
export function ghMeant(args: readonly string[]): string | undefined {
  const [word = '', verb = '', ...rest] = args
  const resource = Object.hasOwn(RESOURCES, word) ? RESOURCES[word] : word
  if (resource === undefined || !Object.hasOwn(GROUPS, resource)) return undefined
  if (verb === '' || verb.startsWith('-')) return undefined
  const name = `${resource} ${verb}`
  const { scope, words, jq, command: other } = translated(name, rest)
  const isKey = name === 'caches delete' && words.some((each) => !/^(?:\d+$|-)/.test(each) && !isScope(each))
  const command = (isKey ? 'caches delete-key' : (other ?? VERBS[name] ?? name)).split(' ')
  const known = scope ?? (isScope(words[0] ?? '') ? undefined : PLACEHOLDER)
  const meant = [...command, ...(known === undefined ? [] : [known]), ...words]
  if (jq !== undefined) return `${commandLine(meant)} | jq '${jq.replaceAll("'", "'\\''")}'`
  return meant.join(' ') === args.join(' ') ? undefined : commandLine(meant)
}

interface Translated {
  readonly scope: string | undefined
  readonly words: readonly string[]
  /** The expression that narrows the JSON. */
  readonly jq: string | undefined
  /** The command that a flag stands for. */
  readonly command: string | undefined
}

function translated(name: string, rest: readonly string[]): Translated {
  let [scope, jq, command]: (string | undefined)[] = []
  const words: string[] = []
  for (let at = 0; at < rest.length; at += 1) {
    const [flag = '', value] = parted(rest[at] ?? '')
    const behind = value ?? rest[at + 1]
    const skip = value === undefined ? 1 : 0
    const meant = Object.hasOwn(BY_FLAG, `${name} ${flag}`) ? BY_FLAG[`${name} ${flag}`] : undefined
    if (REPOSITORY.includes(flag)) {
      scope = behind
      at += skip
    } else if (meant !== undefined) {
      command = meant.command
      if (meant.takes === 'word') words.push(behind ?? '')
      at += meant.takes === 'word' ? skip : 0
    } else if (flag === '--jq' || flag === '-q') {
      jq = behind
      at += skip
    } else if (flag === '--json') {
      words.push('--json')
      // Its list of fields: octoform gives GitHub's own objects, whole.
      if (value === undefined && /^[a-z]\w*(?:,\w+)*$/i.test(rest[at + 1] ?? '')) at += 1
    } else if (DROPPED.includes(flag)) at += skip
    else if (Object.hasOwn(FLAGS, flag))
      append(words, [...(FLAGS[flag] ?? []), ...(value === undefined ? [] : [value])])
    else words.push(rest[at] ?? '')
  }
  if (jq !== undefined && !words.includes('--json')) words.push('--json')
  return { scope, words, jq, command }
}

/** `--flag=value` as two. */
function parted(word: string): readonly [string, string | undefined] {
  const [, name, value] = /^(--?[\w-]+)=(.*)$/s.exec(word) ?? []
  return name === undefined ? [word, undefined] : [name, value]
}

function isScope(word: string): boolean {
  return /^(?:(?:orgs|enterprises|repos)\/|[\w.][\w.-]*\/[^/]+$)/.test(word)
}
