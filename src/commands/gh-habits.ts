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
  'runs download': 'artifacts download',
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
  const command = (VERBS[name] ?? name).split(' ')
  const { scope, words } = translated(rest)
  const known = scope ?? (isScope(words[0] ?? '') ? undefined : PLACEHOLDER)
  const meant = [...command, ...(known === undefined ? [] : [known]), ...words]
  return meant.join(' ') === args.join(' ') ? undefined : commandLine(meant)
}

function translated(rest: readonly string[]): {
  readonly scope: string | undefined
  readonly words: readonly string[]
} {
  let scope: string | undefined
  const words: string[] = []
  for (let at = 0; at < rest.length; at += 1) {
    const [name = '', value] = parted(rest[at] ?? '')
    if (REPOSITORY.includes(name)) {
      scope = value ?? rest[at + 1]
      at += value === undefined ? 1 : 0
    } else if (Object.hasOwn(FLAGS, name)) {
      append(words, [...(FLAGS[name] ?? []), ...(value === undefined ? [] : [value])])
    } else words.push(rest[at] ?? '')
  }
  return { scope, words }
}

/** `--flag=value` as two. */
function parted(word: string): readonly [string, string | undefined] {
  const [, name, value] = /^(--?[\w-]+)=(.*)$/s.exec(word) ?? []
  return name === undefined ? [word, undefined] : [name, value]
}

function isScope(word: string): boolean {
  return /^(?:(?:orgs|enterprises|repos)\/|[\w.][\w.-]*\/[^/]+$)/.test(word)
}
