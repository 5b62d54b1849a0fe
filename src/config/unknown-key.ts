import { distance } from 'fastest-levenshtein'
import { shownKey } from '../core/shown-key.ts'
import { similarTo } from '../core/similar.ts'
import type { KnownMap } from '../shipped/validators.js'
import type { Path } from './yaml-file.ts'

/** The most keys in a message: those of a level are fewer, and a longer list does not help. */
const MOST_KEYS = 40

/** The message about a key in a wrong place: misspelt, misplaced, or unknown. */
export function describeUnknownKey(key: string, path: Path, maps: readonly KnownMap[]): string {
  const said = `unknown key \`${shownKey(key)}\``
  if (key.startsWith('x-')) return `${said}: keys with \`x-\` stand at the top of the file only`
  if (/^\w+:/.test(key)) return `${said}: a blank follows the colon of a key`
  const here = mapAt(path, maps)
  const singular = here?.keys.find((known) => isPlural(key, known))
  if (singular !== undefined) return `${said}: did you mean \`${singular}\`?`
  const similar = here === undefined ? undefined : similarTo(key, here.keys)
  if (similar !== undefined && distance(key, similar) === 1) return `${said}: did you mean \`${similar}\`?`
  const home = homeOf(key, here?.path ?? [], maps)
  if (home !== undefined) return `${said} here: it belongs ${home}`
  if (similar !== undefined) return `${said}: did you mean \`${similar}\`?`
  if (here === undefined || here.keys.length > MOST_KEYS) return said
  return `${said}; known here: ${here.keys.join(', ')}`
}

/** Whether two words are one and many of the same, such as `repository` and `repositories`. */
function isPlural(key: string, known: string): boolean {
  const [one = '', many = ''] = [key, known].sort((left, right) => left.length - right.length)
  return many === `${one}s` || (one.endsWith('y') && many === `${one.slice(0, -1)}ies`)
}

/** The known map at a path of the document. */
export function mapAt(path: Path, maps: readonly KnownMap[]): KnownMap | undefined {
  return maps.find((map) => map.path.length === path.length && fits(map.path, path))
}

/** Whether the path starts with the pattern. */
export function fits(pattern: readonly string[], path: Path): boolean {
  return pattern.every((step, index) => index < path.length && (step === '*' || step === path[index]))
}

/** The nearest place that takes the key. */
function homeOf(key: string, here: readonly string[], maps: readonly KnownMap[]): string | undefined {
  let home: readonly string[] | undefined
  let nearest = -1
  for (const { path, keys } of maps) {
    const near = shared(path, here)
    if (!keys.includes(key) || near < nearest) continue
    if (near === nearest && home !== undefined && home.length <= path.length) continue
    home = path
    nearest = near
  }
  if (home === undefined || (nearest === 0 && here.length > 0 && home.includes('*'))) return undefined
  return home.length === 0 ? 'at the top of the file' : `under ${seenFrom(here, home, nearest)}`
}

/** The part of the way that differs, starting at a word: `permissions.selected_actions`, `repositories.*.permissions`. */
function seenFrom(here: readonly string[], home: readonly string[], near: number): string {
  const from = near === here.length || near === home.length ? near - 1 : near
  const start = home[from] === '*' && near < home.length ? from + 1 : from
  return home.slice(home[start] === '*' ? start - 1 : Math.max(start, 0)).join('.')
}

function shared(left: readonly string[], right: readonly string[]): number {
  let count = 0
  while (count < left.length && left[count] === right[count]) count += 1
  return count
}
