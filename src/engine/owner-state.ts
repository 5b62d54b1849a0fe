import { ownerPlace } from '../core/address.ts'
import type { DesiredSection } from '../core/desired.ts'
import type { Diagnostic } from '../core/diagnostic.ts'
import type { HeldBack } from '../core/held-back.ts'
import type { KnownNames } from '../core/known-names.ts'
import type { PassedOver } from '../core/passed-over.ts'
import type { NotRead } from '../core/plan.ts'
import type { ScopeIds } from '../core/section-facts.ts'
import type { SourceClaim } from '../core/source-claims.ts'
import type { GitHubError } from '../github/errors.ts'
import type { ReadSection } from './read-sections.ts'
import type { Beyond } from './watched.ts'

/** An address of the configuration. */
export interface DesiredAddress {
  readonly address: string
  /** Set where the YAML gives the value of a secret that is to exist: its source, such as `env:NAME`. */
  readonly value?: string | undefined
}

/** The configuration's desired state of one owner, once its repositories are known. */
export interface OwnerDesired {
  readonly sections: readonly DesiredSection[]
  readonly diagnostics: readonly Diagnostic[]
  readonly heldBack: readonly HeldBack[]
  /** Addresses of sections that a flag leaves out, and that are not read. */
  readonly leftOut: readonly string[]
  /** Patterns that pass over archived repositories. */
  readonly passedOver: readonly PassedOver[]
  /** All desired addresses, also those that a flag leaves out. */
  addresses(): readonly DesiredAddress[]
  /** Their sources of values; none where no source of the configuration has placeholders. */
  readonly claims: readonly SourceClaim[]
}

/** Desired and live state of one owner, and what is known of neither. */
export interface OwnerState {
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
  addresses(): readonly DesiredAddress[]
  /** Their sources of values; none where no source of the configuration has placeholders. */
  readonly claims: readonly SourceClaim[]
  /** The known names; undefined where no read succeeded. */
  readonly names: { readonly known: KnownNames; readonly ownerId: number | null } | undefined
  /** Its patterns that pass over archived repositories; left out where it is not known. */
  readonly passedOver?: readonly PassedOver[]
  /** The questions beyond its repositories, which were read by name: a plan that asked any is none. */
  readonly beyond?: Beyond | undefined
}

/** The state of an owner that could not be read. */
export function unreadOwner(owner: Parameters<typeof ownerPlace>[0], error: GitHubError): OwnerState {
  return { ...nothing(owner.name, undefined), notRead: [{ scope: ownerPlace(owner), reason: error.message }] }
}

/** The state of an owner whose name another account has now: held back, and nothing of that account is read. */
export function capturedOwner(owner: string, product: string, heldBack: HeldBack): OwnerState {
  return { ...nothing(owner, product), heldBack: [heldBack] }
}

/** The state of an owner that the run leaves out. */
export function leftOutOwner(owner: string, place: string): OwnerState {
  return { ...nothing(owner, undefined), leftOut: [place] }
}

function nothing(owner: string, product: string | undefined): OwnerState {
  const none = {
    sections: [],
    notRead: [],
    diagnostics: [],
    heldBack: [],
    leftOut: [],
    addresses: () => [],
    claims: [],
  }
  return { owner, product, ...none, desired: undefined, names: undefined }
}
