import { isMap, isSeq, LineCounter, parseDocument, visit } from 'yaml'
import type { Diagnostic } from '../../src/core/diagnostic.ts'

type Source = NonNullable<Diagnostic['source']>

/** Takes what stands at these places out of the files: an entry by its key or its value, or an item of a list. */
export function without(files: Readonly<Record<string, string>>, places: readonly Source[]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => {
      const gone = new Set(places.filter(({ file }) => file === name).map(({ line, col }) => `${line}:${col}`))
      return [name, gone.size === 0 ? text : withoutPlaces(text, gone)]
    }),
  )
}

function withoutPlaces(text: string, gone: Set<string>): string {
  const lineCounter = new LineCounter()
  const document = parseDocument(text, { lineCounter })
  const isGone = (node: unknown): boolean => {
    const range = (node as { range?: readonly number[] } | null)?.range
    if (range === undefined) return false
    const { line, col } = lineCounter.linePos(range[0] ?? 0)
    return gone.has(`${line}:${col}`)
  }
  visit(document, {
    Pair: (_, { key, value }) =>
      isGone(key) || (!isMap(value) && !isSeq(value) && isGone(value)) ? visit.REMOVE : undefined,
    Map: (key, node, path) =>
      typeof key === 'number' && isSeq(path.at(-1)) && isGone(node) ? visit.REMOVE : undefined,
  })
  return document.toString()
}
