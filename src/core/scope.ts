/** The properties of a level, beside those that families declare for each level. */
interface Level {
  /** The level that holds it, whose policy may bind it; undefined at the top. */
  readonly above: string | undefined
  /** In an address, the word before its name. */
  readonly address: string
  /** Whether addresses begin with that word; else with the address of the level above. */
  readonly rooted: boolean
  /** GitHub's path parameters, of which the last is its own name. */
  readonly params: readonly [string, ...string[]]
  /** In the YAML, the key of the map that holds scopes of this level by name; in sentences, the word for several of them. */
  readonly key: string
  /** In the YAML, the key of the list that holds sets of them. */
  readonly sets: string | undefined
  /** Whether it is an owner: it has credentials, and its repositories or organizations are listed. */
  readonly owns: boolean
  /** The kind of things that its access lists name. */
  readonly lists: 'organizations' | 'repositories' | undefined
}

/**
 * The levels at which GitHub keeps Actions settings, from wide to narrow. The one place that knows them: all other code asks
 * here, or a family's own entry for a level.
 */
export const LADDER = {
  enterprise: {
    above: undefined,
    address: 'enterprises',
    rooted: true,
    params: ['enterprise'],
    key: 'enterprises',
    sets: undefined,
    owns: true,
    lists: 'organizations',
  },
  organization: {
    above: 'enterprise',
    address: 'orgs',
    rooted: true,
    params: ['org'],
    key: 'organizations',
    sets: 'organization_sets',
    owns: true,
    lists: 'repositories',
  },
  repository: {
    above: 'organization',
    address: 'repos',
    rooted: true,
    params: ['owner', 'repo'],
    key: 'repositories',
    sets: 'repository_sets',
    owns: false,
    lists: undefined,
  },
  environment: {
    above: 'repository',
    address: 'environments',
    rooted: false,
    params: ['owner', 'repo', 'environment_name'],
    key: 'environments',
    sets: undefined,
    owns: false,
    lists: undefined,
  },
} as const satisfies Readonly<Record<string, Level>>

export type ScopeType = keyof typeof LADDER

/** From wide to narrow. */
export const LEVELS = Object.keys(LADDER) as readonly ScopeType[]

/** The keys at the top of a configuration that hold scopes: of the levels with addresses of their own, and of sets of owners. */
export const TOP_KEYS: readonly string[] = [
  ...[...LEVELS.slice(1), ...LEVELS.slice(0, 1)].filter((type) => LADDER[type].rooted).map((type) => LADDER[type].key),
  ...LEVELS.flatMap((type) => (LADDER[type].owns ? (LADDER[type].sets ?? []) : [])),
]

/** A place at one of these levels. Beside `type` the keys are the path parameters of GitHub's documentation. */
export type ScopeOf<S extends ScopeType> = S extends ScopeType
  ? { readonly type: S } & { readonly [P in (typeof LADDER)[S]['params'][number]]: string } & (S extends 'enterprise'
        ? unknown
        : InEnterprise)
  : never

type InEnterprise = {
  /** Where the configuration names it: no request tells which enterprise an organization belongs to. */
  readonly enterprise?: string
}

type RepositoryScope = ScopeOf<'repository'>

/** One place that holds settings. Names are folded to lower case, as GitHub compares them. */
export type Scope = ScopeOf<ScopeType>

/** The level's entry in the ladder. */
function levelOf(type: ScopeType): Level {
  return LADDER[type]
}

/** One of a level, in a sentence: `an organization`. */
export function levelWords(type: ScopeType): string {
  return `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`
}

/** The names of a scope from the left, one for each of its level's `params`. */
export function namesOf(scope: Scope): readonly string[] {
  const named: Readonly<Record<string, string | undefined>> = scope
  return levelOf(scope.type).params.map((param) => named[param] ?? '')
}

/** The same by level: its own name, and those of the levels around it that are in its path. */
export function namesByLevel(scope: Scope): Readonly<Partial<Record<ScopeType, string>>> {
  const names = namesOf(scope)
  let level: ScopeType | undefined = scope.type
  const found: Partial<Record<ScopeType, string>> = {}
  for (const name of names.toReversed()) {
    if (level !== undefined) found[level] = name
    level = level === undefined ? undefined : LADDER[level].above
  }
  return found
}

/** The scope of a level that has these names, one for each of its `params`; they are folded. */
export function scopeNamed(type: ScopeType, names: readonly string[]): Scope {
  const scope: Record<string, string> = { type }
  const { params } = levelOf(type)
  for (let index = 0; index < params.length; index += 1) scope[params[index] ?? ''] = (names[index] ?? '').toLowerCase()
  return scope as Scope
}

/** The path parameters of a scope, by GitHub's names. */
export function scopeParams(scope: Scope): Readonly<Record<string, string>> {
  const named: Readonly<Record<string, string | undefined>> = scope
  const found: Record<string, string> = {}
  for (const param of levelOf(scope.type).params) found[param] = named[param] ?? ''
  return found
}

/**
 * The account that owns a scope, by which credentials and layers are kept: the name of an organization or a person. An
 * enterprise owns itself, and may have the name of an organization: its address is used instead.
 */
export function ownerOf(scope: Scope): string {
  return ownerNamed(scope.type, namesOf(scope)[0] ?? '')
}

/** The same of a level and the first of its names. */
export function ownerNamed(type: ScopeType, name: string): string {
  const { above, address } = LADDER[type]
  return above === undefined ? `${address}/${name}` : name
}

/** Whether an owner, as {@link ownerOf} has it, is an enterprise: an account above organizations, with credentials of its own. */
export function isEnterprise(owner: string): boolean {
  return owner.startsWith(`${LADDER.enterprise.address}/`)
}

/** One of the things that the access lists of an owner name, in a sentence. */
export function listedWord(owner: string): 'organization' | 'repository' {
  return isEnterprise(owner) ? 'organization' : 'repository'
}

/** The full name behind a name in the lists of an owner: `acme/web` of a repository, `acme` of an enterprise's organization. */
export function listedName(owner: string, name: string): string {
  return isEnterprise(owner) ? name : `${owner}/${name}`
}

/** The scope behind such a name. */
export function listedScope(owner: string, name: string): Scope {
  const names = listedName(owner, name).split('/')
  return scopeNamed(names.length > 1 ? 'repository' : 'organization', names)
}

/** The scope of a level that an owner has under these further names. */
export function scopeOwned(type: ScopeType, owner: string, below: readonly string[] = []): Scope {
  return scopeNamed(type, [owner.slice(owner.lastIndexOf('/') + 1), ...below])
}

/** The same scope, where it is below enterprises, in the enterprise that owns its organization. */
export function withEnterprise(scope: Scope, owner: string): Scope {
  if (scope.type === 'enterprise') return scope
  const { enterprise } = scopeOwned('enterprise', owner) as ScopeOf<'enterprise'>
  return { ...scope, enterprise }
}

/** The enterprise, as an owner, that a scope is below; undefined where none is known. */
function enterpriseAbove(scope: Scope): string | undefined {
  if (scope.type === 'enterprise' || scope.enterprise === undefined) return undefined
  return ownerNamed('enterprise', scope.enterprise)
}

/** The scope one level up that may hold a policy for this one; undefined at the top, and where it is not known. */
export function scopeAbove(scope: Scope): Scope | undefined {
  switch (scope.type) {
    case 'enterprise':
      return undefined
    case 'organization':
      return scope.enterprise === undefined ? undefined : scopeNamed('enterprise', [scope.enterprise])
    default: {
      const above = scopeNamed(LADDER[scope.type].above, namesOf(scope))
      const enterprise = enterpriseAbove(scope)
      return enterprise === undefined ? above : withEnterprise(above, enterprise)
    }
  }
}

/** The repository that a scope is, or is in; undefined for a wider scope. */
export function repositoryIn(scope: Scope): RepositoryScope | undefined {
  return at(scope, 'repository')
}

/** The scope of a level that a scope is, or is in; undefined for a wider scope. */
function at<S extends ScopeType>(scope: Scope, type: S): ScopeOf<S> | undefined {
  if (scope.type === type) return scope as ScopeOf<S>
  const { params } = levelOf(type)
  const isBelow = LEVELS.indexOf(scope.type) >= LEVELS.indexOf(type)
  return isBelow && params.every((param) => param in scope)
    ? (scopeNamed(type, namesOf(scope)) as ScopeOf<S>)
    : undefined
}
