import type { Get, Known, Wanted } from '../../core/family.ts'
import { segmentFault } from '../../core/github-names.ts'
import { getPath, type Json } from '../../core/json.ts'
import { isMentioned } from '../../core/leaves.ts'
import type { Live } from '../../core/live.ts'
import { placed } from '../../core/place-params.ts'
import { hasSome, type Routes } from '../../core/routes.ts'
import { type ScopeOf, scopeNamed, scopeParams } from '../../core/scope.ts'
import { isWider } from '../../core/wider.ts'
import { type Environment, type EnvironmentRef, environmentIn, type ListedEnvironment } from './document.ts'
import { isTag, nameOf } from './entries.ts'
import { fields } from './fields.ts'
import { CONTENTS, ROUTES } from './routes.ts'

type LiveEnvironment = Live<Environment, EnvironmentRef>

interface Reading {
  readonly scope: ScopeOf<'repository'>
  readonly get: Get
  readonly known: Known
}

/** The environments of a repository. Lists with requests of their own are read of those for which the configuration mentions them. */
export async function readEnvironments(
  scope: ScopeOf<'repository'>,
  get: Get,
  known: Known,
): Promise<readonly LiveEnvironment[]> {
  const all = await get.list<ListedEnvironment>(ROUTES.list, scopeParams(scope))
  // The web interface takes names that no request can hold.
  const listed = all.filter(({ name }) => segmentFault(name) === undefined)
  const wanted = new Map((known.desired('environments', 'here') ?? []).map((each) => [each.key, each]))
  return Promise.all(
    listed.map((each) => environment(each, wanted.get(each.name.toLowerCase()), { scope, get, known })),
  )
}

async function environment(
  listed: ListedEnvironment,
  wanted: Wanted<Environment> | undefined,
  reading: Reading,
): Promise<LiveEnvironment> {
  const { name } = listed
  const key = name.toLowerCase()
  const { spec, ids, hidden, ...names } = environmentIn(listed, reading.known)
  const concerned = reading.known.concerns(key)
  const [patterns, rules] = concerned
    ? await Promise.all([patternsOf(name, spec, wanted, reading), rulesOf(name, reading)])
    : [undefined, undefined]
  const whole: Environment = {
    ...spec,
    ...(patterns && spec.deployment_branch_policy === 'custom_branch_policies'
      ? { deployment_branch_policies: Object.keys(patterns).sort() }
      : {}),
    ...(rules ? { deployment_protection_rules: Object.keys(rules.rules).sort() } : {}),
  }
  // An import has no listing, and changes nothing.
  const isPlanned = reading.known.repositories.byName.has(reading.scope.repo)
  const contents = concerned && isPlanned && mayExpose(wanted, whole) ? await contentsOf(key, reading) : {}
  const ref = {
    ids: { ...ids, ...rules?.ids },
    patterns: patterns ?? {},
    rules: rules?.rules ?? {},
    hidden,
    ...contents,
  }
  return { key, name, spec: whole, ref, ...names }
}

/** The patterns in force, or those that GitHub kept and a switch would bring into force; undefined where neither counts. */
async function patternsOf(
  name: string,
  { deployment_branch_policy: policy }: Environment,
  wanted: Wanted<Environment> | undefined,
  { scope, get, known }: Reading,
): Promise<Readonly<Record<string, number>> | undefined> {
  if (!known.mentions('deployment_branch_policies', name.toLowerCase())) return undefined
  const isInForce = policy === 'custom_branch_policies'
  if (!isInForce && (wanted === undefined || !isMentioned(wanted, 'deployment_branch_policies'))) return undefined
  const list = await get.list<{ readonly id: number; readonly name: string; readonly type?: string }>(
    ROUTES.patterns,
    paramsOf(scope, name),
  )
  return Object.fromEntries(
    list.map(({ id, name: pattern, type }) => [type === 'tag' ? `tag:${pattern}` : pattern, id]),
  )
}

interface AppRule {
  readonly id: number
  readonly app: { readonly id: number; readonly slug: string }
}

async function rulesOf(name: string, { scope, get, known }: Reading) {
  if (!known.product.has(ROUTES.rules) || !known.mentions('deployment_protection_rules', name.toLowerCase()))
    return undefined
  const list = await get.list<AppRule>(ROUTES.rules, paramsOf(scope, name))
  return {
    ids: Object.fromEntries(list.map(({ app }) => [app.slug.toLowerCase(), app.id])),
    rules: Object.fromEntries(list.map(({ id, app }) => [app.slug.toLowerCase(), id])),
  }
}

/** Whether a run may delete the environment or protect it less: then what is in it is named. */
function mayExpose(wanted: Wanted<Environment> | undefined, spec: Environment): boolean {
  if (wanted === undefined || wanted.state === 'absent') return true
  if (wanted.state !== 'present') return false
  const at = (document: object, path: string): Json | undefined => getPath(document, path)
  return Object.entries(fields).some(([path, field]) => {
    if (wanted.edits[path] !== undefined) return true
    const given = at(wanted.spec, path)
    return given !== undefined && isWider(field, at(spec, path), given)
  })
}

async function contentsOf(key: string, { scope, get, known }: Reading) {
  const place = scopeNamed('environment', [scope.owner, scope.repo, key])
  const names = async (routes: Routes): Promise<readonly string[]> => {
    if (!hasSome(known.product, routes)) return []
    const { route, params } = placed(routes, place, known)
    return (await get.list<{ readonly name: string }>(route, params)).map(({ name }) => name)
  }
  const [secrets, variables] = await Promise.all([names(CONTENTS.secrets), names(CONTENTS.variables)])
  return { secrets, variables }
}

/** @param name as GitHub has it, or is to have it */
export function paramsOf(scope: ScopeOf<'repository'>, name: string) {
  return { ...scopeParams(scope), environment_name: name }
}

/** The body of a pattern's request. */
export function patternBody(entry: string, takesType: boolean): object {
  return { name: nameOf(entry), ...(takesType ? { type: isTag(entry) ? 'tag' : 'branch' } : {}) }
}
