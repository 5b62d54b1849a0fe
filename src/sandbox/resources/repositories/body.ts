import { type Body, choice, fieldsOf, flag } from '../../http/body.ts'
import type { Call } from '../../http/call.ts'
import { invalidRequest, unprocessable } from '../../http/errors.ts'
import type { Owner } from '../../world/owners.ts'
import { hasSince } from '../../world/products.ts'
import { REPOSITORY_VISIBILITIES, type RepositoryVisibility } from '../../world/store.ts'
import { refuseMergeSettings } from './merge-settings.ts'
import { hasNebulaPreview } from './present-repository.ts'
import {
  FLAGS,
  hasSetting,
  type RepositorySettings,
  type SecurityFeature,
  securityFeatures,
  WORD_SETTINGS,
  WORDS,
} from './settings.ts'

/**
 * The settings that a body asks for; omitted fields, and those that the product does not have, keep their values.
 * @throws Refusal 422 when one is of another type or no word of GitHub's, or when they do not go together.
 */
export function settingsIn(
  call: Call,
  body: Body,
  before: RepositorySettings,
  of: { readonly owner: Owner; readonly visibility: RepositoryVisibility },
): RepositorySettings {
  const flags = { ...before.flags }
  for (const name of FLAGS) {
    const sent = flag(body, name)
    if (sent !== undefined && hasSetting(call, name)) flags[name] = sent
  }
  const words = { ...before.words }
  for (const name of WORDS) {
    const sent = choice(body, name, WORD_SETTINGS[name].words)
    if (sent !== undefined && hasSetting(call, name)) words[name] = sent
  }
  const isTitle = flag(body, 'use_squash_pr_title_as_default')
  if (isTitle !== undefined && body.squash_merge_commit_title === undefined) {
    words.squash_merge_commit_title = isTitle ? 'PR_TITLE' : WORD_SETTINGS.squash_merge_commit_title.initial
  }
  const homepage = textOrNull(body, 'homepage')
  const settings = {
    flags,
    words,
    homepage: homepage === undefined ? before.homepage : homepage || null,
    security: { ...before.security, ...securityIn(body, securityFeatures(call.product), of.visibility) },
    properties: { ...before.properties, ...(of.owner.type === 'Organization' ? propertiesIn(body) : {}) },
  }
  refuseMergeSettings(call, body, settings)
  return settings
}

/** A text that may be null, which takes it away; undefined when it was not sent. */
export function textOrNull(body: Body, field: string): string | null | undefined {
  const value = body[field]
  if (value === undefined || value === null || typeof value === 'string') return value
  throw invalidRequest(`For 'properties/${field}', ${JSON.stringify(value)} is not a string.`)
}

/**
 * `visibility` wins over `private`. GHES 2.22 reads it only with its preview; github.com has no internal repositories, and
 * no personal account has.
 */
export function visibilityIn(call: Call, body: Body, owner: Owner): RepositoryVisibility | undefined {
  const isPrivate = flag(body, 'private')
  const hasInternal = call.product.kind !== 'dotcom' && owner.type === 'Organization'
  const words = REPOSITORY_VISIBILITIES.filter((word) => word !== 'internal' || hasInternal)
  const readsVisibility = hasSince(call.product, [3, 4]) || hasNebulaPreview(call)
  const visibility = readsVisibility ? choice(body, 'visibility', words) : undefined
  if (visibility !== undefined || isPrivate === undefined) return visibility
  return isPrivate ? 'private' : 'public'
}

/** "Advanced security is always available for public repos": there it cannot be set. */
function securityIn(
  body: Body,
  features: readonly string[],
  visibility: RepositoryVisibility,
): Record<string, SecurityFeature> {
  const found: Record<string, SecurityFeature> = {}
  const given = body.security_and_analysis ?? {}
  const sent = fieldsOf(given)
  for (const feature of features) {
    const wanted = sent[feature]
    if (wanted === undefined || wanted === null) continue
    if (feature === 'advanced_security' && visibility === 'public') {
      throw unprocessable('Advanced security is always available for public repos.')
    }
    const status = choice(fieldsOf(wanted), 'status', ['enabled', 'disabled'])
    if (status !== undefined) found[feature] = { status }
  }
  return found
}

function propertiesIn(body: Body): Record<string, string | readonly string[]> {
  const found: Record<string, string | readonly string[]> = {}
  const given = body.custom_properties ?? {}
  for (const [name, value] of Object.entries(fieldsOf(given))) {
    if (value === null) continue
    if (!isProperty(value))
      throw invalidRequest(`For 'custom_properties/${name}', the value is neither text nor a list of texts.`)
    found[name] = value
  }
  return found
}

function isProperty(value: unknown): value is string | readonly string[] {
  return typeof value === 'string' || (Array.isArray(value) && value.every((each) => typeof each === 'string'))
}
