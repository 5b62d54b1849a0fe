import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { type SourceText, textsIn } from './source-texts.ts'

const PAGES = resolve(import.meta.dirname, '../../docs/messages')

/** Files whose texts are no messages: the sandbox's, headings and words around messages, help, tables of GitHub's API. */
const OTHER_FILES = [
  /^(sandbox|init|operations|shipped)\//,
  /^render\/(?!(ledger|lost|part-not-read|past-guard|plan-file|problems)\.ts)/,
  /-document\.ts$/,
  /^(report\/report-issue|survey\/report-facts)\.ts$/,
  /^commands\/(help-text|gh-habits|command-examples)\.ts$/,
  /^github\/(.*-answers|answer-fields)\.ts$/,
]
/** Where a text is the help of a command, or the progress that a terminal shows. */
const OTHER_PLACES =
  /^(call:\.(description|option|argument|addHelpText|summary|status|choices|argParser|hideHelp|preset|default)|new:Option)$/
/** Routes, queries, headings, markup, and faults of octoform itself, which come with a stack and say that they are to be reported. */
const OTHER_TEXTS = /^((GET|PUT|POST|PATCH|DELETE) \S+$|[Bb]ug:|<|#|mutation|query )/
/** Single texts that only look like a message. Each must be found, so that the list never outlives its reasons. */
export const NOT_PRINTED: Readonly<Record<string, string>> = {
  'after the merge': 'a word of a type',
  'open, update and close an issue of what is to be mended in owner/name': 'the help of a flag',
  '$1 of an organization_set': 'a replacement',
}

/** A message with all places of the source that print it. */
export interface Message {
  readonly text: string
  readonly places: readonly string[]
}

/** Every message that the source can print: texts of three words and more that none of the rules above leaves out. */
export function messagesInSource(): readonly Message[] {
  const own = textsIn('src', (path) => path.endsWith('.ts') && !path.endsWith('.d.ts')).filter(isMessage)
  const commander = textsIn('node_modules/commander/lib', (path) => path.endsWith('.js')).filter(({ text }) =>
    /^error: |Allowed choices|Did you mean/.test(text),
  )
  const places = new Map<string, string[]>()
  for (const { file, line, text } of [...own, ...commander]) {
    places.set(text, [...(places.get(text) ?? []), `${file}:${line}`])
  }
  return [...places].map(([text, at]) => ({ text, places: at }))
}

function isMessage({ file, text, within }: SourceText): boolean {
  const isElsewhere = OTHER_FILES.some((pattern) => pattern.test(file)) || within.some((at) => OTHER_PLACES.test(at))
  return !isElsewhere && !OTHER_TEXTS.test(text) && text.includes(' ') && wordsOf(text) >= 3
}

/** Names in back quotes and what is put in are no words. */
function wordsOf(text: string): number {
  return text.replaceAll(/`[^`]*`/g, ' ').match(/[A-Za-z][a-z']+/g)?.length ?? 0
}

/** An entry of docs/messages: the messages that it is about, what they mean, and what to do. */
export interface Entry {
  readonly page: string
  readonly texts: readonly string[]
  readonly means: string
  readonly remedy: string
}

/** All entries of the catalogue. The heading is a message; a block below it has others with the same meaning. */
export function catalogue(): readonly Entry[] {
  return readdirSync(PAGES)
    .filter((name) => name !== 'README.md')
    .flatMap((page) =>
      readFileSync(resolve(PAGES, page), 'utf8')
        .split(/^### /m)
        .slice(1)
        .map((part) => entryOf(page, part)),
    )
}

function entryOf(page: string, part: string): Entry {
  const [heading = ''] = part.split('\n', 1)
  const [body = ''] = part.slice(heading.length).split(/^## /m)
  const block = /^\n+```text\n([\s\S]*?)\n```/.exec(body)
  const prose = body.slice(block?.[0].length ?? 0)
  const [means = '', remedy = ''] = prose.split('**What to do:**')
  const others = block?.[1]?.split('\n') ?? []
  return { page, texts: [unescaped(heading), ...others], means: means.trim(), remedy: remedy.trim() }
}

/** Markdown's backslashes before signs that would be markup. */
function unescaped(heading: string): string {
  return heading.replaceAll(/\\([\\`*_{}[\]<>#|!~&])/g, '$1').trim()
}
