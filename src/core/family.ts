import type { Consequence, RunnerMove } from './consequence.ts'
import type { ListEdit } from './desired.ts'
import type { Field } from './field.ts'
import type { Finding, Waiting } from './finding.ts'
import type { Live } from './live.ts'
import type { From, Need, WrittenWhen } from './need.ts'
import type { ReadsFor } from './reads-for.ts'
import type { Repositories } from './repository.ts'
import type { Route, Routes } from './routes.ts'
import type { RunLimit } from './run-limit.ts'
import type { ScopeOf, ScopeType } from './scope.ts'
import type { Params, Send } from './send.ts'
import type { Support } from './support.ts'

/** Everything a family may know beside the member at hand. Offline, `live` answers undefined throughout. */
export interface Known {
  readonly product: Support
  /** Ids behind names in lists that have an `identity`, by entry; a name that GitHub does not show has none. */
  readonly ids?: ReadonlyMap<string, number>
  /** The result of the family's own `offered`; undefined offline, and where it has none. */
  readonly offered?: object
  /** The name of the plan that GitHub's cloud shows of the owner: `free`, `team`, …; undefined where it shows none. */
  readonly plan?: string | undefined
  readonly repositories: Repositories
  /** Of an enterprise: what the same run knows of one of its organizations; undefined where it does not read that. */
  below?(organization: string): Known | undefined
  /** Of an enterprise: what the same run wants of a family in each of its organizations and in their repositories; of these likewise. */
  wishesBelow?(family: string): ReadonlyMap<string, readonly WishBelow[]>
  /** Members of the family itself or of one that `needs` names; undefined where they were not read. */
  live(family: string, from: From): readonly Live[] | undefined
  /** The desired members of a family that `needs` names, or of the family itself; undefined for none. */
  desired(family: string, from: From): readonly Wanted[] | undefined
  /**
   * When the YAML's settings of a family in a level above, or one member of them, are written; where it is left out, in this
   * run.
   */
  writes?(family: string, from: From, key?: string): WrittenWhen
  /** Computes a result from the desired state once for all members of the section; each time where it is left out. */
  once?<Result>(what: string, work: () => Result): Result
  /** Whether the configuration mentions the field of the member, or anywhere in this section (an import mentions every one). */
  mentions(field: string, key?: string): boolean
  /** Whether the member may be changed or deleted by this run, so that all of it must be read. */
  concerns(key: string): boolean
  /** Whether the YAML wants no live member of that name, by `absent` or `prune`; none where it is left out. */
  deletes?(key: string, from?: Exclude<From, 'further above'>): boolean
}

/** A desired member, as a family sees it. */
export interface Wanted<Spec = object> {
  readonly key: string
  readonly state: 'present' | 'absent' | 'unmanaged'
  readonly spec: Partial<Spec>
  readonly edits: Readonly<Record<string, ListEdit>>
  /** Offline, by dotted path of a list: further entries that only GitHub can decide. */
  readonly undecided?: Readonly<Record<string, readonly string[]>>
  /** Of settings above: the fields of `spec` that come into force there by a change further up. */
  readonly through?: { readonly fields: readonly string[] }
}

/** A desired member at a level further down. */
export interface WishBelow {
  readonly wanted: Wanted
  /** The part of it that the run can reach; undefined where that is nothing. */
  readonly reached: Wanted | undefined
}

/** Reads by GET alone. A request is sent once in a run, even if several families ask for it. */
export interface Get {
  /** @throws when GitHub refuses or the answer is not JSON. */
  one<T>(route: Route, params: Params): Promise<T>
  /** The same; undefined where GitHub answers 422, by which it says that there is no such setting here. */
  oneIfAny<T>(route: Route, params: Params): Promise<T | undefined>
  /** All pages. @throws when a page is missing or `total_count` is not reached. */
  list<T>(route: Route, params: Params): Promise<readonly T[]>
  /** The same; undefined where the credential is not shown it (403, 404), which decides nothing. */
  listIfShown<T>(route: Route, params: Params): Promise<readonly T[] | undefined>
}

/** The two sides as they are compared. */
export interface Aligned<Spec = object> {
  readonly wanted: Wanted<Spec>
  readonly live: Spec | undefined
  /** The entries left out of `wanted`, for people. */
  readonly findings: readonly Finding[]
}

/** A change as a family gets it, to turn it into requests. */
export interface Edit<Spec = object, Ref = object, S extends ScopeType = ScopeType> {
  readonly action: 'create' | 'update' | 'delete'
  readonly scope: ScopeOf<S>
  readonly key: string
  /** The name that requests carry: GitHub's own of a member that is there, the YAML's of one that is created or renamed. */
  readonly name: string
  /** The live document, whole; undefined for a create, and of a member that GitHub does not show. */
  readonly before: Spec | undefined
  /** The live document with the desired fields laid over it, whole; undefined for a delete. */
  readonly after: Spec | undefined
  /** Dotted paths of the fields that differ. */
  readonly changed: ReadonlySet<string>
  /** Dotted paths of the fields that the YAML gives. All other fields of a request keep GitHub's present values. */
  readonly given: ReadonlySet<string>
  /** Dotted paths of the lists that only `add_X` and `remove_X` change: several owners share them. */
  readonly shared: ReadonlySet<string>
  /** Whether the secret's value is put with this change. */
  readonly putsValue: boolean
  readonly ref: Ref | undefined
  readonly known: Known
}

/** A family's entry for one level: its routes, its read, its write. */
export interface FamilyAt<S extends ScopeType = ScopeType, Spec extends object = object, Ref extends object = object> {
  // Every family has these.
  /** A product without it lacks the family at this level. */
  readonly presence: Routes
  /** Every route that reading may take. Products, page sizes and token permissions are columns of the endpoint table. */
  readonly reads: readonly Routes[]
  /** Every route that writing may take, with the reads on the way. */
  readonly writes: readonly Routes[]
  /** The members on GitHub. Lists in the documents are sorted, names folded. @throws when a read is incomplete. */
  read(scope: ScopeOf<S>, get: Get, known: Known): Promise<readonly Live<Spec, Ref>[]>
  /** The requests that make a change. */
  write(edit: Edit<Spec, Ref, S>): readonly Send<Ref>[]

  // Most families have these.
  /** How many members GitHub takes, where it says so. */
  readonly most?: number
  /** The fields that the YAML must give to create a member, because GitHub's default would be wider. */
  readonly required?: readonly string[]
  /** Both sides in the same words, where GitHub has two ways to say the same, or cannot do a part of it now. */
  align?(wanted: Wanted<Spec>, live: Live<Spec, Ref> | undefined, known: Known, scope: ScopeOf<S>): Aligned<Spec>
  /** Contradictions within itself, with a sibling or with the level above. Also called offline, with nothing live. */
  check?(wanted: Wanted<Spec>, live: Live<Spec, Ref> | undefined, known: Known, scope: ScopeOf<S>): readonly Finding[]
  /** Ids of the repositories that may use it; undefined where that is not known. */
  reach?(spec: Spec, known: Known, scope: ScopeOf<S>): readonly number[] | undefined

  // Few families have these, named with one that does.
  /** `runner_groups`: ids of the repositories of one organization that may use it, of those that `reach` gives; undefined where that is not known. */
  reachBelow?(
    member: { key: string; spec: Spec; side: 'before' | 'after' },
    below: Known,
    known: Known,
  ): readonly number[] | undefined
  /** `hosted_runners`: reads the things that a desired member can be made of, for `check`. @throws like `read` */
  offered?(scope: ScopeOf<S>, get: Get, known: Known): Promise<object>
  /** `runners`: why a live member cannot be deleted now: the YAML's `absent`, or a `prune`, is held back. */
  occupied?(live: Live<Spec, Ref>): Waiting | undefined
  /** `environments`: those of `reads` that a run takes only for what the configuration gives. */
  readonly readsFor?: readonly ReadsFor[]
  /**
   * `runner_groups`: a desired member that is not there, as GitHub will show it once the level above brings it, in this run or
   * before it; undefined where nothing does.
   */
  coming?(wanted: Wanted<Spec>, known: Known, scope: ScopeOf<S>): Spec | undefined
  /** `permissions`: whether the level above decides the value that a switch brings into force, instead of GitHub's kept one. */
  dictated?(field: string, known: Known): boolean
  /**
   * `oidc_issuer`: why this API does not show what it lets one write, as the end of a sentence; undefined where it does.
   * It is compared with a hash in the ledger; members are only planned where there is `byId`, too.
   */
  unreadable?(product: Support): string | undefined
  /** `runner_groups`: of a member that the API does not show, the data that its requests need, and the id in them. */
  readonly byId?: { ref(id: number): Ref; id(ref: Ref): number }
}

/**
 * One kind of GitHub resource: data and pure functions. The engine knows families only through this interface, and asks for
 * their entry of a level by {@link at}, which answers undefined where a family has none. Settings in documents, and secrets,
 * are made from a table: by `settingsOf` and `secretsOf` of families/common. CONTRIBUTING.md has a whole small family written by hand.
 */
export interface Family<Spec extends object = object, Ref extends object = object> {
  // Every family has these.
  /** YAML key, schema file, address segment and test file: one word, everywhere. */
  readonly name: string
  /** A settings document is always there and only updated; members come and go. */
  readonly shape: 'settings' | 'members'
  /** Every leaf of the document, by dotted path. */
  readonly fields: Readonly<Record<string, Field>>
  /** The key as GitHub compares it. */
  fold(key: string): string
  /** By level. At a level that is not here the family does not exist: a family by its own type cannot be used there. */
  readonly scopes: { readonly [S in ScopeType]?: FamilyAt<S, Spec, Ref> }

  // Most families have these.
  readonly needs?: readonly Need[]
  /** Ids of what the live member's own lists hold, by entry: also of repositories that the owner's listing lacks. */
  listed?(ref: Ref): Readonly<Record<string, number>>
  /** Why no member can be called so, as a whole sentence that names it; undefined where one can. An empty one is refused in any case. */
  nameFault?(name: string): string | undefined

  // Few families have these, named with one that does.
  /** `secrets`: no request about one member depends on another member: those of one scope are written side by side. */
  readonly apart?: true
  /** `workflows`, `runners`: why a desired member that GitHub lacks is never created, as a whole sentence that names it. */
  notCreated?(key: string): string
  /** `workflows`, `runners`: no `prune` reaches a member: why, as a relative clause about the family. */
  readonly unpruned?: string
  /** `workflows`: the workflow file that no longer runs after the change, as a path in its repository. */
  stops?(edit: Edit<Spec, Ref>): string | undefined
  /** `permissions`: losing it, a repository can run no workflow at all: a run does not take it from its own repository. */
  readonly vital?: true
  /** `permissions`: the fields of the same family in the level above that may forbid a wish: they are read though no file mentions them. `above` is desired there. */
  boundBy?(wanted: Wanted<Spec>, above: Wanted<Spec> | undefined): readonly string[]
  /** `fork_pr_contributor_approval`: a level has its settings from the level above until they are set there, and is not bounded by it. */
  readonly follows?: true
  /** `cache_limits`: the same two levels up, where the level between has no such fields. */
  boundBeyond?(wanted: Wanted<Spec>): readonly string[]
  /** `runner_groups`: whether the YAML means the member of that name which the level above shares. */
  inherits?(spec: Partial<Spec>): boolean
  /** `runner_groups`: how a create starts, where it is written in steps: closed. */
  readonly beginning?: Partial<Spec>
  /**
   * `permissions`: the values that fields of an update pass through, where they are narrower than in both documents: an
   * interrupted one may have left them. The documents are those of a saved plan, which may hold anything.
   */
  passes?(before: Partial<Spec>, after: Partial<Spec>): Partial<Spec>
  /** `runner_groups`: the names of the runners in a member; undefined where they were not read. */
  hosts?(spec: Spec): readonly string[] | undefined
  /** `runner_groups`: the workflows that may run on its runners, as `owner/repo/path@ref`. */
  workflows?(spec: Spec): readonly string[] | 'all'
  /** `runner_groups`: the runners that change groups by it, each reported by one change of a run. */
  moves?(edit: Edit<Spec, Ref>): readonly RunnerMove[]
  /**
   * `runner_groups`: the families whose members are in one of it. Where one of these stays that was to leave, or to be deleted,
   * no member of this family is deleted, or opened once it was left.
   */
  readonly holds?: readonly string[]
  /** `hosted_runners`: whether the member is itself a runner, and the change takes it out of the group that it is in. */
  leavesGroup?(edit: Edit<Spec, Ref>): boolean
  /**
   * `hosted_runners`: the members of another family whose guards hold for it, too, by that family's name; `environments`: those in
   * the scope that the member is.
   */
  beside?(edit: Edit<Spec, Ref>): Readonly<Record<string, readonly string[]>>
  /** `variables`: what one workflow run takes of the texts of its repository and of the organization of that. */
  readonly ofRun?: RunLimit
  /** `environments`: the branches and tags whose jobs may use it, in words. */
  admits?(spec: Spec): string
  /** `environments`: the names of what is deleted together with the member, each counted as a deletion. */
  takesAlong?(edit: Edit<Spec, Ref>): readonly string[]
  /** `runner_groups`: side effects of the change on GitHub. */
  consequences?(edit: Edit<Spec, Ref>): readonly Consequence[]
}
