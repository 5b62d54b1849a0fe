import { join } from 'node:path'
import { SetupError } from '../core/setup-error.ts'
import { splitWords } from './split-words.ts'

type Env = Readonly<Record<string, string | undefined>>

const COMMANDS = ['plan', 'apply', 'drift', 'validate', 'cleanup', 'report'] as const
type CommandName = (typeof COMMANDS)[number]

/** The commands that ask, for which a job has no terminal: they go on without a question, within the guards. */
const DELETES_OR_WRITES: readonly CommandName[] = ['apply', 'cleanup']

/**
 * The command line of the action's inputs. GitHub's runner hands them over as `INPUT_` and the name in upper case,
 * dashes kept.
 * https://docs.github.com/actions/reference/workflows-and-actions/metadata-syntax#inputs
 * @throws SetupError for an input with an unknown value, or one that does not go with the command
 */
export function argsOf(env: Env): readonly string[] {
  const input = (name: string): string => (env[`INPUT_${name.toUpperCase()}`] ?? '').trim()
  const command = COMMANDS.find((name) => name === input('command'))
  if (command === undefined) throw new SetupError(`the input \`command\` must be one of ${COMMANDS.join(', ')}`)
  for (const [name, commands] of Object.entries(FOR)) {
    const given = !['', 'false', NOT_GIVEN].includes(input(name))
    if (given && !commands.includes(command)) {
      throw new SetupError(`the input \`${name}\` goes with ${commands.join(' and ')}, not with ${command}`)
    }
  }
  if (command === 'report') return reportArgs(input)
  const reviewed = (name: string): string | undefined =>
    DELETES_OR_WRITES.includes(command) ? ofReview(env, name) : undefined
  const saved = reviewed('plan-file')
  const digest = reviewed('expect-digest')
  return [
    command,
    ...(saved === undefined ? [] : [saved]),
    ...many('--config', splitWords(input('config'))),
    ...many('--owner', splitWords(input('owner'))),
    ...many('--allow', splitWords(input('allow'))),
    ...(input('max-wait') === '' ? [] : ['--max-wait', input('max-wait')]),
    ...(input('max-requests') === '' ? [] : ['--max-requests', input('max-requests')]),
    ...joined('--rotate', splitWords(input('rotate'))),
    ...joined('--target', splitWords(input('target'))),
    ...(command === 'plan' ? ['--out', outPath(env, input('plan-file'))] : []),
    ...(input('html-file') === '' ? [] : [`--html-file=${input('html-file')}`]),
    ...commentFlags(input('comment')),
    ...(flag('label', input('label')) ? ['--label'] : []),
    ...(input('issue') === '' ? [] : ['--issue', input('issue')]),
    ...(digest === undefined ? [] : ['--expect-digest', digest]),
    ...(DELETES_OR_WRITES.includes(command) ? ['--auto-approve'] : []),
    ...splitWords(input('args')),
  ]
}

/** The reports that the action offers. */
const REPORTS = ['hygiene', 'actions-used', 'access']
/** The only one that compares with a configuration. */
const WITH_CONFIG = 'actions-used'

/** The command line of a report. Of the other inputs that have a default, none is about it. */
function reportArgs(input: (name: string) => string): readonly string[] {
  const report = REPORTS.find((name) => name === input('report'))
  if (report === undefined) throw new SetupError(`the input \`report\` must be one of ${REPORTS.join(', ')}`)
  const config = splitWords(input('config')).filter((path) => path !== DEFAULT_CONFIG)
  if (config.length > 0 && report !== WITH_CONFIG) {
    throw new SetupError(`the input \`config\` goes with the report ${WITH_CONFIG}, not with ${report}`)
  }
  const scope = splitWords(input('scope'))
  const flag = scope.find((word) => word.startsWith('-'))
  if (flag !== undefined)
    throw new SetupError(`the input \`scope\` has ${flag}, which is no scope: flags go into \`args\``)
  return [
    'report',
    report,
    ...scope,
    ...many('--config', config),
    ...(input('max-wait') === '' ? [] : ['--max-wait', input('max-wait')]),
    ...(input('html-file') === '' ? [] : [`--html-file=${input('html-file')}`]),
    ...(input('issue') === '' ? [] : ['--issue', input('issue')]),
    ...splitWords(input('args')),
  ]
}

/** As action.yml has it. */
const DEFAULT_CONFIG = 'octoform.yaml'

/**
 * The part of the command line that names the places of reports, though an input is wrong: reports of an earlier run
 * must not remain there.
 */
export function reportArgsOf(env: Env): readonly string[] {
  const input = (name: string): string => (env[`INPUT_${name.toUpperCase()}`] ?? '').trim()
  const words = (name: string): readonly string[] =>
    input(name)
      .split(/\s+/)
      .filter((word) => word !== '')
  return [
    input('command'),
    ...(input('command') === 'report' ? [input('report') || 'report', ...words('scope')] : []),
    ...many('--config', words('config')),
    ...many('--owner', words('owner')),
    ...(input('issue') === '' ? [] : ['--issue', input('issue')]),
    ...(input('html-file') === '' ? [] : [`--html-file=${input('html-file')}`]),
    ...(['', 'false'].includes(input('comment')) ? [] : ['--comment']),
    ...(['', 'false'].includes(input('label')) ? [] : ['--label']),
    ...words('args'),
  ]
}

/** The value of `expect-digest` and `plan-file` where a workflow gives none; see action.yml. */
const NOT_GIVEN = 'none'

/**
 * The reviewed digest or plan. An empty one comes from a failed job, or from an output whose name is misspelt: treating
 * it as not given would apply an unreviewed plan.
 */
function ofReview(env: Env, name: string): string | undefined {
  const given = (env[`INPUT_${name.toUpperCase()}`] ?? NOT_GIVEN).trim()
  if (given === NOT_GIVEN) return undefined
  if (given !== '') return given
  throw new SetupError(
    `the input \`${name}\` is empty: the job or step that it comes from gave nothing. Nothing was sent.`,
  )
}

function outPath({ RUNNER_TEMP = '.' }: Env, given: string): string {
  return given === '' || given === NOT_GIVEN ? join(RUNNER_TEMP, 'octoform-plan.json') : given
}

/** The inputs that only some commands take. */
const FOR: Readonly<Record<string, readonly CommandName[]>> = {
  'plan-file': ['plan', 'apply', 'cleanup'],
  'expect-digest': ['apply'],
  comment: ['plan'],
  label: ['plan'],
  report: ['report'],
  scope: ['report'],
  'html-file': ['plan', 'drift', 'report'],
  issue: ['drift', 'report'],
  owner: ['plan', 'apply', 'drift', 'cleanup'],
  allow: ['plan', 'apply', 'drift', 'cleanup'],
  'max-wait': ['plan', 'apply', 'drift', 'cleanup', 'report'],
  'max-requests': ['drift'],
  rotate: ['plan', 'apply', 'drift'],
  target: ['plan', 'apply', 'drift', 'cleanup'],
}

/**
 * Joins each value to its flag as one word: a text that a person types into a dispatch can then never begin a flag of
 * its own.
 */
function joined(name: string, words: readonly string[]): readonly string[] {
  return words.map((word) => `${name}=${word}`)
}

function many(name: string, words: readonly string[]): readonly string[] {
  return words.flatMap((word) => [name, word])
}

/** @throws SetupError for another word */
function commentFlags(text: string): readonly string[] {
  if (text === 'changes') return ['--comment', '--only-changes']
  if (!['', 'false', 'true'].includes(text)) throw new SetupError('the input `comment` must be true, changes or false')
  return text === 'true' ? ['--comment'] : []
}

/** @throws SetupError for text that is neither `true` nor `false` */
function flag(name: string, text: string): boolean {
  if (text === 'true') return true
  if (text === '' || text === 'false') return false
  throw new SetupError(`the input \`${name}\` must be true or false`)
}
