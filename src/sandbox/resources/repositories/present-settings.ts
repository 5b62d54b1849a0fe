import type { Call } from '../../http/call.ts'
import { permissionsOn } from '../../http/visibility.ts'
import type { Repository } from '../../world/store.ts'
import { grants } from '../../world/token.ts'
import { licenseKeyOf, licenseNamed } from './licenses.ts'
import { FLAGS, hasSetting, securityFeatures, settingsOf, WORDS } from './settings.ts'

/** The settings that only the longer forms show (`repository` and `full-repository`). */
const LONGER_FLAGS = [
  'allow_squash_merge',
  'allow_merge_commit',
  'allow_rebase_merge',
  'allow_auto_merge',
  'allow_update_branch',
]
const COMMON_WORDS = ['pull_request_creation_policy']

/** The settings that every form of a repository shows. */
export function commonSettings(call: Call, repository: Repository): object {
  const settings = settingsOf(repository).current
  const flags = FLAGS.filter((name) => !LONGER_FLAGS.includes(name) && hasSetting(call, name))
  const words = WORDS.filter((name) => COMMON_WORDS.includes(name) && hasSetting(call, name))
  return Object.fromEntries([
    ...flags.map((name) => [name, settings.flags[name]]),
    ...words.map((name) => [name, settings.words[name]]),
  ])
}

/** How pull requests may be merged. `use_squash_pr_title_as_default` is the older name of one of the titles. */
export function mergeSettings(call: Call, repository: Repository): object {
  const settings = settingsOf(repository).current
  const flags = FLAGS.filter((name) => LONGER_FLAGS.includes(name) && hasSetting(call, name))
  const words = WORDS.filter((name) => !COMMON_WORDS.includes(name) && hasSetting(call, name))
  const isTitle = settings.words.squash_merge_commit_title === 'PR_TITLE'
  return Object.fromEntries([
    ...flags.map((name) => [name, settings.flags[name]]),
    ...words.map((name) => [name, settings.words[name]]),
    ...(words.length > 0 ? [['use_squash_pr_title_as_default', isTitle]] : []),
  ])
}

/**
 * `security_and_analysis`, for administrators alone; everything is off until it is switched on
 * (https://docs.github.com/rest/repos/repos#get-a-repository). Advanced security is no setting of a public repository.
 */
export function securityOf(call: Call, repository: Repository): object {
  const features = securityFeatures(call.product).filter(
    (name) => name !== 'advanced_security' || repository.visibility !== 'public',
  )
  if (features.length === 0 || !isAdministrator(call, repository)) return {}
  const { security } = settingsOf(repository).current
  return {
    security_and_analysis: Object.fromEntries(features.map((name) => [name, security[name] ?? { status: 'disabled' }])),
  }
}

/** Only organizations have custom properties. */
export function propertiesOf(repository: Repository): object {
  if (repository.owner.type !== 'Organization') return {}
  return { custom_properties: settingsOf(repository).current.properties }
}

/** The license that the repository was made with (`license-simple`). */
export function licenseOf(call: Call, repository: Repository): object | null {
  const keyword = licenseKeyOf(repository).key
  const known = keyword === undefined ? undefined : licenseNamed(keyword)
  if (!known) return null
  const { key, name, spdxId } = known
  const id = Buffer.from(`07:License${key}`).toString('base64')
  return { key, name, spdx_id: spdxId, url: `${call.base}/licenses/${key}`, node_id: id }
}

function isAdministrator({ token }: Call, repository: Repository): boolean {
  if (token.kind === 'owner' || token.kind === 'reader' || token.kind === 'classic') return true
  return grants(permissionsOn(token, repository), 'administration', 'read')
}
