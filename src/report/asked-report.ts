/** The flags that name the places of a run's reports, read without the parser, which may have failed. */
export interface AskedReport {
  /** Its first word; empty where there is none. */
  readonly command: string
  /** The words behind that. */
  readonly words: readonly string[]
  readonly config: readonly string[]
  /** Undefined where the run is of all owners. */
  readonly owners: readonly string[] | undefined
  /** `owner/name#N`; true for the pull request of the event. */
  readonly comment: string | true | undefined
  /** Whether the pull request of the comment has a label that says what its plan does. */
  readonly label: boolean
  /** `owner/name` of the repository whose issues report drift. */
  readonly issue: string | undefined
  /** The branch that is applied, in place of the default branch. */
  readonly branch: string | undefined
  /** Whether an apply is held to a merged pull request, which hears of its end. */
  readonly expectsPull: boolean
  readonly htmlFile: string | undefined
  readonly showPrivate: boolean
  /** Whether a configuration from elsewhere is let in. */
  readonly allowsFork: boolean
  readonly apiUrl: string | undefined
  readonly insecureHttp: boolean
}

/** Flags with a word behind them; `--comment` may have one. */
const WITH_WORD: ReadonlySet<string> = new Set([
  '--config',
  '--owner',
  '--allow',
  '--html-file',
  '--api-url',
  '--issue',
  '--branch',
  // A value is no word of its own.
  '--base',
  '--checkout',
  '--target',
  '--lock-timeout',
  '--max-wait',
  '--older-than',
  '--format',
  '--parallelism',
  '--save',
  '--from',
  '--to',
  '--out',
  '--product',
])

/**
 * Reads the flags of the report from the arguments themselves: a misspelt argument stops the parser, and the comment of
 * an earlier plan must still be replaced.
 */
export function askedReport(args: readonly string[]): AskedReport {
  const given = new Map<string, (string | true)[]>()
  let command = ''
  const further: string[] = []
  for (let index = 0; index < args.length; index += 1) {
    const word = args[index] ?? ''
    if (!word.startsWith('--')) {
      if (command === '') command = word
      else further.push(word)
      continue
    }
    const [, flag = word, joined] = /^(--[^=]+)=(.*)$/s.exec(word) ?? []
    const next = args[index + 1]
    const takes = WITH_WORD.has(flag) ? next !== undefined : flag === '--comment' && next?.startsWith('-') === false
    const value = joined ?? (takes ? next : undefined) ?? true
    if (joined === undefined && takes) index += 1
    const values = given.get(flag)
    if (values === undefined) given.set(flag, [value])
    else values.push(value)
  }
  const words = (flag: string): readonly string[] | undefined =>
    given.get(flag)?.filter((value) => typeof value === 'string')
  const listed = (flag: string): readonly string[] | undefined => words(flag)?.flatMap((word) => word.split(','))
  return {
    command,
    words: further,
    config: words('--config') ?? ['octoform.yaml'],
    owners: listed('--owner')?.map((name) => name.trim().toLowerCase()),
    comment: given.get('--comment')?.at(-1),
    label: given.has('--label'),
    issue: words('--issue')?.at(-1),
    branch: words('--branch')?.at(-1),
    expectsPull: given.has('--expect-pull-request'),
    htmlFile: words('--html-file')?.at(-1),
    showPrivate: given.has('--show-private'),
    allowsFork: listed('--allow')?.includes('fork') ?? false,
    apiUrl: words('--api-url')?.at(-1),
    insecureHttp: given.has('--insecure-http'),
  }
}
