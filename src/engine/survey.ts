import { ownerPlace } from '../core/address.ts'
import type { DesiredSection } from '../core/desired.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import type { Family, Get, Params, Support } from '../core/family.ts'
import type { HeldBack } from '../core/held-back.ts'
import type { CapturedName, KnownNames } from '../core/known-names.ts'
import type { NotRead } from '../core/plan.ts'
import type { Repositories } from '../core/repository.ts'
import { repositoryIn, type Scope, type ScopeType } from '../core/scope.ts'
import type { ScopeIds } from '../core/section-facts.ts'
import type { Client } from '../github/client.ts'
import { GitHubError } from '../github/errors.ts'
import { type OwnerFacts, ownerProduct, readOwner, type ServerProduct } from '../github/product.ts'
import { createGet, supportOf } from './get.ts'
import { type Identities, learnNames } from './names.ts'
import { type ReadSection, readSections } from './read-sections.ts'
import { type ListingNeeds, readRepositories } from './repositories.ts'

/** The configuration's desired state of one owner, once its repositories are known. */
export interface Wishes {
  readonly sections: readonly DesiredSection[]
  readonly diagnostics: readonly Diagnostic[]
  readonly heldBack: readonly HeldBack[]
  /** Addresses of sections that a flag leaves out, and that are not read. */
  readonly leftOut: readonly string[]
  /** All desired addresses, also those that a flag leaves out. */
  readonly wished: readonly Wished[]
}

/** An address of the configuration. */
export interface Wished {
  readonly address: string
  /** Set where the YAML gives the value of a secret that is to exist: its source, such as `env:NAME`. */
  readonly value?: string | undefined
}

/** One owner that the configuration names. */
export interface OwnerRequest {
  readonly name: string
  /** The level of its key. */
  readonly declared: ScopeType
  readonly listing: ListingNeeds
  /** Names of repositories that the configuration writes out, in lower case and without the owner. */
  readonly written: Iterable<string>
  /** Those of them that it takes out of lists. */
  readonly excluded: Iterable<string>
  resolve(repositories: Repositories): Wishes
  /** Holds it back where another account has the name. */
  heldBack(fact: CapturedName): HeldBack
}

export interface SurveyInput {
  readonly owner: OwnerRequest
  readonly families: readonly Family[]
  readonly server: ServerProduct
  /** `github.product` of the configuration. */
  readonly configuredProduct: string | undefined
  /** Reads with this owner's credential; the product decides which previews it asks for. */
  client(product: string | undefined): Client
  /** Whether the credential is known not to see every repository of the owner. */
  readonly sees: 'all' | 'selected'
  /** Whether the run may change an address. */
  inRun(address: string, repositories: Repositories): boolean
  readonly identities: Identities
}

/** The findings about one owner. */
export interface Survey {
  readonly owner: string
  readonly product: string | undefined
  /** Its desired state, read or not; undefined where its repositories are not known. */
  readonly desired: readonly DesiredSection[] | undefined
  readonly sections: readonly (ReadSection & { readonly ids: ScopeIds })[]
  readonly notRead: readonly NotRead[]
  readonly diagnostics: readonly Diagnostic[]
  /** Desired settings that GitHub's listing makes impossible. */
  readonly heldBack: readonly HeldBack[]
  /** Addresses of sections that a flag leaves out, and that were not read. */
  readonly leftOut: readonly string[]
  /** All desired addresses, also those that a flag leaves out. */
  readonly wished: readonly Wished[]
  /** The known names; undefined where no read succeeded. */
  readonly names: { readonly known: KnownNames; readonly ownerId: number | null } | undefined
}

/**
 * Reads everything of one owner that the configuration mentions. A part that cannot be read is named, never guessed.
 * @throws SetupError where the product contradicts the configuration
 */
export async function surveyOwner(input: SurveyInput): Promise<Survey> {
  const { owner } = input
  try {
    const { facts, product, plan, support, get } = await openOwner(input)
    const other = otherOwner(facts, input)
    if (other) return { ...nothing(owner.name, product), heldBack: [owner.heldBack(other)] }
    const read = await readRepositories(get, owner.name, owner.listing, input.sees)
    const written = owner.listing === 'all' ? owner.written : read.redirects.keys()
    const given = { written, excluded: owner.excluded }
    const names = await learnNames(get, owner.name, read.repositories, given, input.identities, read.redirects)
    const listing = { ...read, repositories: { ...read.repositories, names } }
    const wishes = owner.resolve(listing.repositories)
    // A scope that could not be read may exist: no other message about it is printed.
    const unseen = new Set(listing.notRead.map(({ scope }) => scope))
    const sections = wishes.sections.filter(({ scope }) => inListing(scope, listing.repositories))
    const reading = await readSections({
      sections,
      families: input.families,
      get: createGet(input.client(product), (params) => knownId(params, facts, listing.repositories)),
      product: support,
      productName: product,
      plan,
      repositories: listing.repositories,
      extent: 'asked',
      policies: facts.type === 'personal' ? 'none' : 'above',
      inRun: (address) => input.inRun(address, listing.repositories),
    })
    const notRead = [...listing.notRead, ...reading.notRead]
    return {
      owner: owner.name,
      product,
      desired: wishes.sections,
      sections: reading.read.map((read) => ({ ...read, ids: idsOf(read.section.scope, facts, listing.repositories) })),
      notRead,
      diagnostics: [
        ...wishes.diagnostics.filter(({ address }) => address === undefined || !unseen.has(address)),
        ...reading.diagnostics,
      ],
      heldBack: [...wishes.heldBack, ...reading.heldBack].filter(({ address }) => !isBelowAny(address, notRead)),
      leftOut: wishes.leftOut,
      wished: wishes.wished,
      names: { known: names, ownerId: facts.id },
    }
  } catch (error) {
    return unread(owner, error)
  }
}

/** The input of an import: one owner, with the door to it. */
export interface OwnerDoor {
  readonly facts: OwnerFacts
  readonly product: string
  /** Its plan on GitHub's cloud: a GHES server has every feature, even if its accounts show a plan. */
  readonly plan: string | undefined
  readonly support: Support
  readonly get: Get
}

/** Reads one owner's name, id and type. @throws GitHubError where it cannot be read */
export async function openOwner(
  input: Pick<SurveyInput, 'server' | 'configuredProduct' | 'client'> & {
    readonly owner: Pick<OwnerRequest, 'name' | 'declared'>
  },
): Promise<OwnerDoor> {
  const facts = await readOwner(input.client(undefined), input.owner.name, input.owner.declared)
  const product = ownerProduct(input.server, facts, { configured: input.configuredProduct, enterprises: 'none' })
  const plan = input.server === 'cloud' ? facts.plan : undefined
  return { facts, product, plan, support: supportOf(product), get: createGet(input.client(product)) }
}

function unread(owner: OwnerRequest, error: unknown): Survey {
  if (!(error instanceof GitHubError)) throw error
  return unreadOwner({ name: owner.name, by: owner.declared }, error)
}

/** The survey of an owner that could not be read. */
export function unreadOwner(owner: Parameters<typeof ownerPlace>[0], error: GitHubError): Survey {
  return { ...nothing(owner.name, undefined), notRead: [{ scope: ownerPlace(owner), reason: error.message }] }
}

/** A scope that could not be read decides nothing, and so it holds nothing back either. */
function isBelowAny(address: string, notRead: readonly NotRead[]): boolean {
  return notRead.some(({ scope }) => address === scope || address.startsWith(`${scope}/`))
}

function nothing(owner: string, product: string | undefined): Survey {
  const none = { sections: [], notRead: [], diagnostics: [], heldBack: [], leftOut: [], wished: [] }
  return { owner, product, ...none, desired: undefined, names: undefined }
}

/** The account that has the owner's name now, where the ledger or `accept` knows another one by it. */
function otherOwner({ id }: OwnerFacts, { owner, identities }: SurveyInput): CapturedName | undefined {
  const record = identities.recorded.get(owner.name)
  const accepted = identities.accepted.get(owner.name)
  const recorded = record?.id ?? accepted
  if (id === null || recorded === undefined || id === accepted || (record?.authentic && record.id === id))
    return undefined
  const taken = { kind: 'captured', id, recorded, authentic: record?.authentic ?? true, now: undefined } as const
  return record ? taken : { ...taken, byAccept: true }
}

/** A missing repository was reported when the desired state was resolved. */
function inListing(scope: Scope, repositories: Repositories): boolean {
  const repository = repositoryIn(scope)
  return repository === undefined || repositories.byName.has(repository.repo)
}

/**
 * The id behind the names in a route's parameters: answers must be about it, even if the names lead elsewhere by then.
 */
function knownId({ repo }: Params, facts: OwnerFacts, repositories: Repositories): number | undefined {
  return repo === undefined ? (facts.id ?? undefined) : repositories.byName.get(String(repo))?.id
}

function idsOf(scope: Scope, facts: OwnerFacts, repositories: Repositories): ScopeIds {
  const repo = repositoryIn(scope)?.repo
  return { owner_id: facts.id, repository_id: repo === undefined ? null : (repositories.byName.get(repo)?.id ?? null) }
}
