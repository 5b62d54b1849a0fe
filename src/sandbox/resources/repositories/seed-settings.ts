import { type Entry, flagAt, inner, named, openMap, textAt, textsAt, wordAt } from '../../world/seed-reader.ts'
import type { Repository } from '../../world/store.ts'
import type { Resource } from '../resource.ts'
import {
  ALL_SECURITY_FEATURES,
  FLAGS,
  newSettings,
  type SecurityFeature,
  settingsOf,
  WORD_SETTINGS,
  WORDS,
} from './settings.ts'

/** The settings of a repository, by GitHub's names: the routes of repositories read and write them. */
export const repositorySettings: Resource = {
  routes: [],
  details: { keys: ['homepage', ...FLAGS, ...WORDS, 'security_and_analysis', 'custom_properties'], seed, dump },
}

/** An omitted setting has GitHub's default. */
function seed(repository: Repository, given: Entry): void {
  const { flags, words } = newSettings()
  settingsOf(repository).current = {
    flags: { ...flags, ...pick(FLAGS, (name) => flagAt(given, name)) },
    words: { ...words, ...pick(WORDS, (name) => wordAt(given, name, WORD_SETTINGS[name].words)) },
    homepage: textAt(given, 'homepage') ?? null,
    security: securityIn(given),
    properties: propertiesIn(given),
  }
}

/** The settings that differ from GitHub's defaults. */
function dump(repository: Repository): object {
  const { flags, words, homepage, security, properties } = settingsOf(repository).current
  const initial = newSettings()
  return {
    ...(homepage === null ? {} : { homepage }),
    ...pick(FLAGS, (name) => (flags[name] === initial.flags[name] ? undefined : flags[name])),
    ...pick(WORDS, (name) => (words[name] === initial.words[name] ? undefined : words[name])),
    ...(Object.keys(security).length > 0 ? { security_and_analysis: security } : {}),
    ...(Object.keys(properties).length > 0 ? { custom_properties: properties } : {}),
  }
}

function securityIn(given: Entry): Record<string, SecurityFeature> {
  inner(given, 'security_and_analysis', ALL_SECURITY_FEATURES)
  const features = named(given, 'security_and_analysis', ['status'])
  return pick([...features.keys()], (name) => {
    const feature = features.get(name)
    const status = feature && wordAt(feature, 'status', ['enabled', 'disabled'] as const)
    return status && { status }
  })
}

function propertiesIn(given: Entry): Record<string, string | readonly string[]> {
  const properties = openMap(given, 'custom_properties')
  return pick(Object.keys(properties.fields), (name) =>
    Array.isArray(properties.fields[name]) ? textsAt(properties, name) : textAt(properties, name),
  )
}

/** The values that there are, by name. */
function pick<Name extends string, Value>(
  names: readonly Name[],
  read: (name: Name) => Value | undefined,
): Record<string, Value> {
  const found: Record<string, Value> = {}
  for (const name of names) {
    const value = read(name)
    if (value !== undefined) found[name] = value
  }
  return found
}
