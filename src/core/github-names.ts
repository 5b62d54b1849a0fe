/**
 * The reason why a name cannot exist; undefined for a possible one. The reason ends a sentence that contains the name.
 */
export type Fault = string | undefined

/** `?` and `*` match other characters in a glob. */
export type Form = 'name' | 'glob'

/**
 * Why no repository can be called so.
 * https://docs.github.com/repositories/creating-and-managing-repositories/repository-limits#repository-name
 */
export function repositoryFault(name: string, form: Form = 'name'): Fault {
  if (/^\s|\s$/.test(name)) return BLANK
  if (/^~?all$/i.test(name) && name.startsWith('~')) return 'write "*" for all repositories'
  if (name.includes('/')) return 'write it without its owner'
  if (/^\.{1,2}$/.test(name)) return 'a name of dots alone is a folder'
  if (/.\.git$/i.test(name)) return `GitHub takes \`.git\` off a name, write \`${shownName(name.slice(0, -4))}\``
  if (/\.(git|wiki)$/i.test(name)) return 'GitHub keeps this ending to itself'
  if (!(form === 'name' ? /^[\w.-]+$/ : /^[\w.*?-]+$/).test(name))
    return 'it holds letters, digits, `.`, `-` and `_` only'
  return tooLong(name, 100)
}

/**
 * The reason why no organization and no account can have this name. Accounts that a company manages have a `_`, and old
 * ones may end in `-`.
 * https://docs.github.com/admin/managing-iam/iam-configuration-reference/username-considerations-for-external-authentication
 */
export function ownerFault(name: string, form: Form = 'name'): Fault {
  if (/^\s|\s$/.test(name)) return BLANK
  if (/^-/.test(name) || !(form === 'name' ? /^[\w-]+$/ : /^[\w*?-]+$/).test(name)) {
    return 'it holds letters, digits, `-` and `_` only, and begins with no `-`'
  }
  return tooLong(name, 39)
}

/** Why no team can have the slug, which GitHub makes from its name. */
export function teamFault(slug: string): Fault {
  if (/^\s|\s$/.test(slug)) return BLANK
  if (/[*?]/.test(slug)) return 'a team is written out, and not a glob'
  return /^[\w-]+$/.test(slug)
    ? undefined
    : 'write its slug, of letters, digits, `-` and `_`, as in the URL of its page'
}

/**
 * Why no custom property can have the name.
 * https://docs.github.com/organizations/managing-organization-settings/managing-custom-properties-for-repositories-in-your-organization
 */
export function propertyFault(name: string): Fault {
  if (/^\s|\s$/.test(name)) return BLANK
  if (!/^[\w#$-]+$/.test(name)) return 'it holds letters, digits, `_`, `-`, `$` and `#` only'
  return tooLong(name, 75)
}

/**
 * Why no repository can have the topic.
 * https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/classifying-your-repository-with-topics
 */
export function topicFault(topic: string): Fault {
  if (/^\s|\s$/.test(topic)) return BLANK
  if (/[*?]/.test(topic)) return 'a topic is written out, and not a glob'
  if (!/^[a-z\d-]+$/i.test(topic)) return 'it holds letters, digits and `-` only'
  return tooLong(topic, 50)
}

/** Why nothing can be called so where GitHub takes almost any text, up to a length. */
export function textFault(name: string, most: number): Fault {
  return /^[ \t\r\n]|[ \t\r\n]$/.test(name) ? BLANK : tooLong(name, most)
}

/** Why no request can name it: `.` and `..` are steps in a path, also percent-encoded, and half of a character has no UTF-8 form. */
export function segmentFault(name: string): Fault {
  return /^\.{1,2}$|\p{Surrogate}/u.test(name) ? 'no URL can hold it' : undefined
}

/** A name as a message shows it: long ones are cut. */
export function shownName(name: string): string {
  return name.length > 60 ? `${name.slice(0, 59)}…` : name
}

const BLANK = 'take away the blank at its start or end'

/** A glob may have stars that match nothing. */
function tooLong(name: string, most: number): Fault {
  const { length } = name.replace(/\*/g, '')
  return length > most ? `it has ${length} characters, and GitHub takes ${most}` : undefined
}
