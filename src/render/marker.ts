import { type Document, isDocument } from '../core/json.ts'
import { printableJson } from './printable.ts'

const VERSION = 1
const KINDS = ['plan', 'applied', 'drift', 'unread', 'report', 'report-unread'] as const

/** The subject of a comment or an issue. It finds an earlier one again, and is evidence of nothing. */
export interface Marker {
  readonly kind: (typeof KINDS)[number]
  /** The API's host, such as `api.github.com`. */
  readonly host: string
  /** `*` of an apply or a report, which is of all owners together. */
  readonly owner: string
  /** The value of `--config`: several configurations of one repository have a comment each. Of a report, what it is about. */
  readonly configuration: string
  readonly commit?: string | undefined
  readonly digest?: string | undefined
  /** How often the ledger had been saved with a key, at least. */
  readonly counter?: number | undefined
  /** Keys of the owners and repositories that the text is about, joined by blanks; left out where they are too many. */
  readonly units?: string | undefined
  /** Of a report, the step of a workflow that made it. */
  readonly step?: string | undefined
  /** GitHub's id of the run that wrote it last. */
  readonly run?: string | undefined
  /** A later run of the same step that did not tell of it. */
  readonly missed?: string | undefined
}

/**
 * The hidden first line of a comment or an issue. Inside, `<`, `>` and `-` are escaped, so that nothing ends the HTML
 * comment early. https://spec.commonmark.org/0.31.2/#html-comment
 */
export function formatMarker(marker: Marker): string {
  const { kind, host, owner, configuration, commit, digest, counter, units, step, run, missed } = marker
  const json = printableJson(
    JSON.stringify({ v: VERSION, kind, host, owner, configuration, commit, digest, counter, units, step, run, missed }),
  )
  return `<!-- octoform ${json.replace(/[<>-]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`)} -->`
}

/** Reads the first line of a text; undefined where it is no marker of this version. */
export function parseMarker(line: string): Marker | undefined {
  const [, json] = /^<!-- octoform (\{.*\}) -->\s*$/.exec(line) ?? []
  const found = json === undefined ? undefined : parse(json)
  if (found?.v !== VERSION) return undefined
  const kind = KINDS.find((known) => known === found.kind)
  const { host, owner, configuration, commit, digest, counter, units, step, run, missed } = found
  if (!kind || !isText(host) || !isText(owner) || !isText(configuration)) return undefined
  return {
    kind,
    host,
    owner,
    configuration,
    ...(isText(commit) ? { commit } : {}),
    ...(isText(digest) ? { digest } : {}),
    ...(isCounter(counter) ? { counter } : {}),
    ...(isText(units) ? { units } : {}),
    ...(isText(step) ? { step } : {}),
    ...(isText(run) ? { run } : {}),
    ...(isText(missed) ? { missed } : {}),
  }
}

/** Whether two are about the same thing, so that the later text takes the earlier one's place. */
export function sameThread(left: Marker, right: Marker): boolean {
  const same = (key: 'kind' | 'host' | 'owner' | 'configuration'): boolean => left[key] === right[key]
  return same('kind') && same('host') && same('owner') && same('configuration')
}

function parse(json: string): Document | undefined {
  try {
    const value = JSON.parse(json)
    return isDocument(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isCounter(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}
