/**
 * What the prose of an operation says about tokens. Scopes are in the order of the text, alternatives joined by `|`; a scope
 * that only private repositories take has ` private` behind it. Permissions are `LEVEL NAME=ACCESS`, with `?` for what the
 * text leaves open. Sentences that are shared by levels ("... for repositories and ... for organizations") count for the level
 * of the path.
 */
export function saidAbout(path, prose) {
  const sentences = prose.replaceAll(/\s+/g, ' ').split(/(?<=\.)\s+(?=[^a-z])/)
  return {
    scopes: unique(sentences.flatMap(scopesIn)),
    permissions: unique(sentences.flatMap((sentence) => permissionsIn(path, sentence))),
  }
}

const NAME = '`([a-z_]+(?::[a-z_]+)?)`'
/** `need the ?` and the bare `repo`: some descriptions lack a space, or the quotes. */
const SCOPES = [
  new RegExp(`(?:need the ?|access token with the |OAuth is used, the )${NAME}(?: or ${NAME})? scope`),
  new RegExp(`the ${NAME} scope is also required`),
  /access token with the (repo) scope/,
  new RegExp(`${NAME} scope or ${NAME} scope to create`),
]

function scopesIn(sentence) {
  const found = SCOPES.map((pattern) => pattern.exec(sentence)).find((match) => match !== null)
  if (found === undefined) return []
  const [, ...names] = found
  const alternatives = names.filter((name) => name !== undefined).join('|')
  const narrowed = /\bprivate\b/.test(sentence) && !sentence.includes('to create a')
  return [narrowed ? `${alternatives} private` : alternatives]
}

const LEVEL = '(organization|repository|user)'
const APPS = /^(?:>\s*)?GitHub Apps(?: and fine-grained personal access tokens)? must have /
const SHARED = new RegExp(`the ${NAME} permission for repositories and the ${NAME} permission for organizations`)
const PERMISSIONS = [
  new RegExp(`(?:(read|write) access to the |the |and )?${NAME} ${LEVEL} permission`, 'g'),
  new RegExp(`the ${LEVEL} ${NAME} permission`, 'g'),
  new RegExp(`the ${NAME} permission(?: for the (repository))?`, 'g'),
  /(?:read and (write)) permission for \*\*([A-Z][a-z]+)\*\*/g,
]

function permissionsIn(path, sentence) {
  if (!APPS.test(sentence)) return []
  const shared = SHARED.exec(sentence)
  if (shared !== null)
    return path.startsWith('/repos/') ? [named('repository', shared[1])] : [named(undefined, shared[2])]
  const [ofLevel, levelFirst, bare, bold] = PERMISSIONS.map((pattern) => [...sentence.matchAll(pattern)])
  if (ofLevel.length > 0) return ofLevel.map(([, access, name, level]) => named(level, name, access))
  if (levelFirst.length > 0) return levelFirst.map(([, level, name]) => named(level, name))
  if (bold.length > 0) return bold.map(([, access, name]) => named(undefined, name.toLowerCase(), access))
  return bare.map(([, name, level]) => named(level, name))
}

/** `organization_secrets:read` has its level in front, and its access behind. */
function named(level, said, access) {
  const [, prefix, name, suffix] = /^(?:(organization|enterprise)_)?(\w+?)(?::(\w+))?$/.exec(said)
  return `${level ?? prefix ?? '?'} ${name}=${suffix ?? access ?? '?'}`
}

function unique(values) {
  return [...new Set(values)]
}
