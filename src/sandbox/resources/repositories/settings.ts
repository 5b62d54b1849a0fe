import type { Call } from '../../http/call.ts'
import { hasSince, type Product, type Release } from '../../world/products.ts'
import { slot } from '../../world/slot.ts'
import type { Repository } from '../../world/store.ts'

interface Availability {
  /** GitHub's default. */
  readonly initial: unknown
  /** The GHES release whose description shows the field first; left out when all described releases do. */
  readonly since?: Release
  /** The preview in which releases before that have it. */
  readonly preview?: string
  /** Whether GitHub AE has it, where it is described as a release before that. */
  readonly onAe?: true
}

interface FlagSetting extends Availability {
  readonly initial: boolean
}

interface WordSetting {
  readonly words: readonly string[]
  readonly initial: string
  readonly since: Release
}

/**
 * The switches of a repository, by GitHub's names, with GitHub's defaults
 * (https://docs.github.com/rest/repos/repos#create-an-organization-repository).
 */
const FLAG_SETTINGS = {
  has_issues: { initial: true },
  has_projects: { initial: true },
  has_wiki: { initial: true },
  has_downloads: { initial: true },
  has_discussions: { initial: false, since: [3, 7] },
  has_pull_requests: { initial: true, since: [3, 17] },
  is_template: { initial: false, since: [3, 4], preview: 'baptiste' },
  allow_squash_merge: { initial: true },
  allow_merge_commit: { initial: true },
  allow_rebase_merge: { initial: true },
  allow_auto_merge: { initial: false, since: [3, 4] },
  allow_update_branch: { initial: false, since: [3, 4] },
  allow_forking: { initial: true, since: [3, 4] },
  delete_branch_on_merge: { initial: false },
  web_commit_signoff_required: { initial: false, since: [3, 6], onAe: true },
} as const satisfies Readonly<Record<string, FlagSetting>>

/** The settings that are one of a few words, in the order in which GitHub's messages list them. */
export const WORD_SETTINGS = {
  squash_merge_commit_title: {
    words: ['PR_TITLE', 'COMMIT_OR_PR_TITLE'],
    initial: 'COMMIT_OR_PR_TITLE',
    since: [3, 6],
  },
  squash_merge_commit_message: {
    words: ['PR_BODY', 'COMMIT_MESSAGES', 'BLANK'],
    initial: 'COMMIT_MESSAGES',
    since: [3, 6],
  },
  merge_commit_title: { words: ['PR_TITLE', 'MERGE_MESSAGE'], initial: 'MERGE_MESSAGE', since: [3, 6] },
  merge_commit_message: { words: ['PR_BODY', 'PR_TITLE', 'BLANK'], initial: 'PR_TITLE', since: [3, 6] },
  pull_request_creation_policy: { words: ['all', 'collaborators_only'], initial: 'all', since: [3, 17] },
} as const satisfies Readonly<Record<string, WordSetting>>

type Flag = keyof typeof FLAG_SETTINGS
type Word = keyof typeof WORD_SETTINGS

export const FLAGS = Object.keys(FLAG_SETTINGS) as Flag[]
export const WORDS = Object.keys(WORD_SETTINGS) as Word[]

/** The fields that a PATCH or POST changes of a repository beside its name, its visibility and its branches. */
export interface RepositorySettings {
  readonly flags: Readonly<Record<Flag, boolean>>
  readonly words: Readonly<Record<Word, string>>
  readonly homepage: string | null
  /** By GitHub's name of the feature, the last setting sent for it: `{ status: 'enabled' }`. */
  readonly security: Readonly<Record<string, SecurityFeature>>
  /** By name: one text, or several. */
  readonly properties: Readonly<Record<string, string | readonly string[]>>
}

export interface SecurityFeature {
  readonly status: 'enabled' | 'disabled'
}

export function newSettings(): RepositorySettings {
  return {
    flags: Object.fromEntries(FLAGS.map((flag) => [flag, FLAG_SETTINGS[flag].initial])) as Record<Flag, boolean>,
    words: Object.fromEntries(WORDS.map((word) => [word, WORD_SETTINGS[word].initial])) as Record<Word, string>,
    homepage: null,
    security: {},
    properties: {},
  }
}

export const settingsOf = slot<Repository, { current: RepositorySettings }>(() => ({ current: newSettings() }))

/** Whether the product's repositories have the setting, for a client that accepts these media types. */
export function hasSetting({ product, accept }: Pick<Call, 'product' | 'accept'>, setting: Flag | Word): boolean {
  const { since, preview, onAe }: Availability = isWord(setting) ? WORD_SETTINGS[setting] : FLAG_SETTINGS[setting]
  if (since === undefined || hasSince(product, since) || (product.ae && onAe)) return true
  return preview !== undefined && accept.includes(`vnd.github.${preview}-preview`)
}

function isWord(setting: Flag | Word): setting is Word {
  return setting in WORD_SETTINGS
}

/** With the release that got each. */
const SECURITY_FEATURES: Readonly<Record<string, Release>> = {
  advanced_security: [3, 8],
  code_security: [3, 17],
  dependabot_security_updates: [3, 10],
  secret_scanning: [3, 8],
  secret_scanning_push_protection: [3, 8],
  secret_scanning_non_provider_patterns: [3, 15],
}
const CLOUD_FEATURES = [
  'secret_scanning_ai_detection',
  'secret_scanning_delegated_alert_dismissal',
  'secret_scanning_delegated_bypass',
]

/** The features of `security_and_analysis` that the product describes; none before a PATCH takes them. */
export function securityFeatures(product: Product): readonly string[] {
  const features = Object.entries(SECURITY_FEATURES).flatMap(([name, since]) =>
    hasSince(product, since) ? [name] : [],
  )
  if (product.kind === 'ghes') return features
  const validity = product.kind === 'ghec' ? ['secret_scanning_validity_checks'] : []
  return [...features, ...CLOUD_FEATURES, ...validity]
}

/** Every feature of any product, as a seed may name it. */
export const ALL_SECURITY_FEATURES = [
  ...Object.keys(SECURITY_FEATURES),
  ...CLOUD_FEATURES,
  'secret_scanning_validity_checks',
]
