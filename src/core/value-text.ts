import type { DesiredMember } from './desired.ts'
import { getPath } from './json.ts'

/** The source of a secret's value, and the file that names it: a relative path is relative to that. */
export interface ValueAt {
  /** `env:NAME`, `file:PATH` or `sealed:HASH`. */
  readonly source: string
  /** A word of the user's own; another one than the ledger's puts the value again. */
  readonly version?: string
  readonly declaredIn: string
}

/** The form of `version`: one word, so that `source version word` reads back to the same two. */
const VERSION_WORD = /^[A-Za-z0-9][\w.:+-]{0,99}$/

/** The field `value` of a plan and the `source` of a ledger entry: `env:NAME`, or `env:NAME version 2026-10-05`. */
export function valueText({ source, version }: Pick<ValueAt, 'source' | 'version'>): string {
  return version === undefined ? source : `${source} version ${version}`
}

/** The other direction of {@link valueText}. A `file` that ends like a version is refused offline, so nothing is ambiguous. */
export function parseValueText(text: string): Pick<ValueAt, 'source' | 'version'> {
  const at = text.lastIndexOf(' version ')
  const version = at < 0 ? '' : text.slice(at + ' version '.length)
  return VERSION_WORD.test(version) ? { source: text.slice(0, at), version } : { source: text }
}

/** Whether the ledger's value is the wanted one. Without a version in the YAML, the version of the last write does not count. */
export function isSameValue(recorded: string, wanted: Pick<ValueAt, 'source' | 'version'>): boolean {
  return wanted.version === undefined
    ? parseValueText(recorded).source === wanted.source
    : recorded === valueText(wanted)
}

/** The source of a secret's value in the YAML; undefined where it gives none. */
export function valueAtOf(member: DesiredMember, path: string): ValueAt | undefined {
  const text = getPath(member.spec, path)
  if (typeof text !== 'string') return undefined
  const { source, version } = parseValueText(text)
  const declaredIn = (member.sources[path] ?? member.source).file
  return version === undefined ? { source, declaredIn } : { source, version, declaredIn }
}
