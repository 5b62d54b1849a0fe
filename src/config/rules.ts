import { parseAccepted } from '../core/accepted.ts'
import { whyNoAddress } from '../core/address-glob.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import type { Family } from '../core/family.ts'
import { type Fault, ownerFault, repositoryFault, shownName, textFault } from '../core/github-names.ts'
import { getPath, isDocument } from '../core/json.ts'
import { placeholdersAt } from '../core/placeholders.ts'
import { LADDER, LEVELS, levelWords, type ScopeType } from '../core/scope.ts'
import { checkApprovals } from './approval-rules.ts'
import { checkDuplicateNames, keysAt, type RuleProblem } from './duplicate-names.ts'
import { checkGrants } from './grant-rules.ts'
import { checkIncludes } from './include-entries.ts'
import { checkLedger } from './ledger-place.ts'
import { checkSelector } from './list-rules.ts'
import { type MemberRules, memberProblems, memberRules } from './member-rules.ts'
import type { Part } from './parts.ts'
import { checkPrune } from './prune-rules.ts'
import type { Path, YamlFile } from './yaml-file.ts'

const PRODUCT = /^(dotcom|ghec|ghae|ghae-2021|ghes-\d{1,4}\.\d{1,4})$/

/**
 * Checks rules that a schema cannot express: rules about names, and those that join several keys. None of them needs
 * GitHub. What the families bring to them is made once for all files.
 */
export function createRules(
  families: readonly Family[],
): (file: YamlFile, parts: readonly Part[]) => readonly Diagnostic[] {
  const rules: Rules = { families, members: families.map(memberRules), below: levelsBelow(families) }
  return (file, parts) => {
    const problems: Diagnostic[] = []
    for (const { message, path } of ruleProblems(file, parts, rules)) {
      if (!file.isFaulty(path)) problems.push({ severity: 'error', message, source: file.place(path) })
    }
    return problems
  }
}

interface Rules {
  readonly families: readonly Family[]
  readonly members: readonly MemberRules[]
  /** The levels inside each whose names no family lists as its members. */
  readonly below: ReadonlyMap<ScopeType, readonly ScopeType[]>
}

function* ruleProblems(file: YamlFile, parts: readonly Part[], rules: Rules): Iterable<RuleProblem> {
  const { families, members, below } = rules
  yield* checkGithub(file)
  for (const key of ['protect', 'never_public']) yield* checkGlobs(file, key, families)
  yield* checkAccept(file)
  yield* checkGrants(file, families)
  yield* checkIncludes(file)
  yield* checkApprovals(file)
  yield* checkLedger(file)
  for (const level of LEVELS.filter((each) => LADDER[each].owns)) {
    yield* checkScopeNames(file, [LADDER[level].key], level)
  }
  yield* checkDuplicateNames(file, ['repositories'], foldCase)
  for (const key of keysAt(file, ['repositories'])) {
    const [owner = '', name, ...more] = key.split('/')
    const isPair = name !== undefined && more.length === 0
    const fault = isPair ? (ownerFault(owner) ?? repositoryFault(name)) : 'write it as `owner/name`'
    if (fault !== undefined)
      yield { message: `\`${shownName(key)}\` is not a repository: ${fault}`, path: ['repositories', key] }
  }
  const checked = new Set<object>()
  for (const part of parts) {
    const { above } = LADDER[part.level]
    if (part.match !== undefined && above !== undefined && LADDER[part.level].rooted) {
      // Names of the level around the set.
      const known = placeholdersAt(above, '', 'settings')
      yield* checkSelector(part.match, [...part.path, 'match'], 'repository', known)
    }
    if (part.rank === 'organization_set') {
      yield* checkSelector(part.organizations ?? {}, [...part.path, 'match'], 'organization', NONE)
    }
    for (const level of below.get(part.level) ?? []) {
      yield* checkScopeNames(part.file, [...part.path, LADDER[level].key], level)
    }
    yield* memberProblems(part, members, checked)
    yield* checkPrune(part, families)
  }
}

function* checkAccept(file: YamlFile): Iterable<RuleProblem> {
  const accept = isDocument(file.value) ? file.value.accept : undefined
  if (!Array.isArray(accept)) return
  const ids = new Map<string, number>()
  for (const [index, entry] of accept.entries()) {
    if (typeof entry !== 'string' || entry === '') continue
    const accepted = parseAccepted(entry)
    if (accepted === undefined) {
      yield {
        message: `\`${entry}\` lets nothing in: write acme/web=777, or acme=55 for an owner`,
        path: ['accept', index],
      }
    } else if ((ids.get(accepted.name) ?? accepted.id) !== accepted.id) {
      yield {
        message: `\`${entry}\`: another id of ${accepted.name} stands above, and a name has one`,
        path: ['accept', index],
      }
    } else ids.set(accepted.name, accepted.id)
  }
}

function* checkGithub(file: YamlFile): Iterable<RuleProblem> {
  const product = isDocument(file.value) ? getPath(file.value, 'github.product') : undefined
  if (typeof product === 'string' && !PRODUCT.test(product)) {
    yield {
      message: '`product` must be dotcom, ghec, ghae, ghae-2021, or a release such as ghes-3.19',
      path: ['github', 'product'],
    }
  }
  const url = isDocument(file.value) ? getPath(file.value, 'github.api_url') : undefined
  if (typeof url === 'string' && !isBase(url)) {
    const message = '`api_url` must be an http or https URL without user, password, query and fragment'
    yield { message: message, path: ['github', 'api_url'] }
  }
}

/** Each is tried for each change that deletes, or lets a public repository in. */
const MOST_GUARDED = 300

function* checkGlobs(file: YamlFile, key: string, families: readonly Family[]): Iterable<RuleProblem> {
  const globs = isDocument(file.value) ? getPath(file.value, `guards.${key}`) : undefined
  if (!Array.isArray(globs)) return
  if (globs.length > MOST_GUARDED) {
    yield {
      message: `\`${key}\` takes at most ${MOST_GUARDED} globs: write wider ones`,
      path: ['guards', key, MOST_GUARDED],
    }
    return
  }
  for (const [index, glob] of globs.entries()) {
    const why = typeof glob === 'string' && glob !== '' ? whyNoAddress(glob, families) : undefined
    if (why !== undefined) yield { message: `\`${glob}\` ${why}`, path: ['guards', key, index] }
  }
}

function isBase(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, username, password } = new URL(text)
  return /^https?:$/.test(protocol) && username === '' && password === '' && !/[?#]/.test(text)
}

/** Reports names of scopes in the map at a path that GitHub cannot have, and those that differ only in case. */
function* checkScopeNames(file: YamlFile, path: Path, level: ScopeType): Iterable<RuleProblem> {
  yield* checkDuplicateNames(file, path, foldCase)
  for (const name of keysAt(file, path)) {
    const fault = FAULTS[level](name)
    if (fault === undefined) continue
    yield {
      message: `\`${shownName(name)}\` cannot be the name of ${levelWords(level)}: ${fault}`,
      path: [...path, name],
    }
  }
}

/** The names of scopes that a family lists as its members, the rules of members check. */
function levelsBelow(families: readonly Family[]): Rules['below'] {
  return new Map(
    LEVELS.map((outer) => {
      const isListed = (key: string): boolean =>
        families.some(({ name, scopes }) => name === key && scopes[outer] !== undefined)
      return [outer, LEVELS.filter((level) => LADDER[level].above === outer && !isListed(LADDER[level].key))]
    }),
  )
}

const FAULTS: Readonly<Record<ScopeType, (name: string) => Fault>> = {
  enterprise: (name) => ownerFault(name),
  organization: (name) => ownerFault(name),
  repository: (name) => repositoryFault(name),
  environment: (name) => textFault(name, 255),
}

function foldCase(name: string): string {
  return name.toLowerCase()
}

const NONE: ReadonlySet<string> = new Set()
