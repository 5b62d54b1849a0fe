import { canonicalJson } from '../core/canonical-json.ts'
import type { Document } from '../core/json.ts'
import type { Repository } from '../core/repository.ts'
import type { AccessPerson } from './read-people.ts'
import type { SurveyedFiles, SurveyGap } from './survey-files.ts'

/** The reports that a reading can be made for. */
export type ReportName = 'actions-used' | 'access' | 'hygiene'

/** A secret, with when it was changed. */
export interface ListedSecret {
  /** The address of its scope. */
  readonly place: string
  readonly name: string
  readonly updated_at: string
}

/** A runner, with its state. */
export interface ListedRunner {
  readonly place: string
  readonly name: string
  readonly status: string
}

/** Facts beside settings: the state of runners, and when secrets were changed. */
export interface HygieneLists {
  readonly runners: readonly ListedRunner[]
  /** Left out where ages were not asked for. */
  readonly secrets?: readonly ListedSecret[]
}

/** The settings of one repository or environment, by family, as far as reports use them. */
export interface SettingsAt {
  /** The name as GitHub shows it; of a repository folded. */
  readonly name: string
  readonly body: Document
}

/** The settings of a repository, with those of its environments. */
export interface RepositorySettings extends SettingsAt {
  readonly environments: readonly (SettingsAt & { readonly place: string })[]
}

/** The files of one repository. */
export interface RepositoryFiles extends SurveyedFiles {
  /** Folded. */
  readonly name: string
}

/** All that was read of one owner. A part that the report did not need is left out. */
export interface OwnerReading {
  readonly owner: string
  /** The environment's variable that the credential came from, or `--checkout`; empty where nothing was read. */
  readonly credential: string
  /** The words that the owner was asked for by: names below it, and globs of them. */
  readonly names: readonly string[]
  readonly globs: readonly string[]
  /** The folded names of the repositories that these chose. */
  readonly chosen: readonly string[]
  readonly repositories: readonly Repository[]
  readonly settings?: {
    /** The families that were asked for; of what the credential may not read, `not_read` and `barred` tell. */
    readonly families: readonly string[]
    readonly organization?: Document
    readonly read: readonly RepositorySettings[]
  }
  readonly files?: readonly RepositoryFiles[]
  readonly lists?: HygieneLists
  readonly people?: readonly AccessPerson[]
  readonly not_read: readonly SurveyGap[]
  /** Sentences about what the credential can never show. */
  readonly barred?: readonly string[]
}

/** The basis of reports, as `--save` writes it: names and settings, no value and no text of a file. */
export interface ReportReading {
  readonly format: 'octoform reading'
  readonly format_version: '1.0'
  /** The report that it was made for, with its words. */
  readonly report: ReportName
  readonly asked: readonly string[]
  /** Of the API; the empty text for a checkout. */
  readonly host: string
  /** When it was begun, by GitHub's clock. */
  readonly read_at: string
  readonly owners: readonly OwnerReading[]
  /** SHA-256 of all of the above as canonical JSON. */
  readonly digest: string
}

/** @param hash SHA-256 of a text, in hexadecimal digits */
export function makeReading(
  facts: Omit<ReportReading, 'format' | 'format_version' | 'digest'>,
  hash: (text: string) => string,
): ReportReading {
  const whole = { format: 'octoform reading', format_version: '1.0', ...facts } as const
  return { ...whole, digest: hash(canonicalJson(whole)) }
}

/** Whether a saved reading is as it was written. */
export function isWhole({ digest, ...rest }: ReportReading, hash: (text: string) => string): boolean {
  return hash(canonicalJson(rest)) === digest
}

/** Everything that could not be read. */
export function gapsIn({ owners }: Pick<ReportReading, 'owners'>): readonly SurveyGap[] {
  return owners.flatMap(({ not_read: own, files = [] }) => [...own, ...files.flatMap((each) => each.not_read)])
}

/** A repository as GitHub shows it: `owner/name`. */
export function fullName(owner: string, { name, shown = name }: Pick<Repository, 'name' | 'shown'>): string {
  return `${owner}/${shown}`
}
