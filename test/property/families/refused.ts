import { isMap, isNode, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import { families } from '../../../src/families/index.ts'
import type { Body } from '../../worlds/world.ts'

/**
 * The configuration without the sections (of members: the members) that errors are about, by the places that these name.
 */
export function withoutRefused(text: string, stderr: string): Body {
  const lineCounter = new LineCounter()
  const document = parseDocument(text, { lineCounter })
  const paths = [...stderr.matchAll(/octoform\.yaml:(\d+):(\d+): error:/g)].map(([, line, col]) => {
    return pathAt(document.contents, (lineCounter.lineStarts[Number(line) - 1] ?? 0) + Number(col) - 1)
  })
  for (const whole of paths) {
    // Sets stand in lists; a list inside a section is of it.
    const list = whole.findIndex((key, index) => typeof key === 'number' && !/_sets$/.test(String(whole[index - 1])))
    const path = list < 0 ? whole : whole.slice(0, list)
    const at = path.findLastIndex((key) => key === 'prune' || families.some(({ name }) => name === key))
    if (at < 0) continue
    const family = families.find(({ name }) => name === path[at])
    const refused = path.slice(0, at + (family?.shape === 'members' && path.length > at + 1 ? 2 : 1))
    // Another error may have been about all around it.
    if (document.hasIn(refused)) document.deleteIn(refused)
  }
  return document.toJS() as Body
}

function pathAt(node: unknown, offset: number): (string | number)[] {
  if (isSeq(node)) {
    const index = node.items.findIndex((item) => {
      const [start = 0, end = 0] = (isNode(item) && item.range) || []
      return start <= offset && offset < end
    })
    return index < 0 ? [] : [index, ...pathAt(node.items[index], offset)]
  }
  if (!isMap(node)) return []
  for (const { key, value } of node.items) {
    const [start] = (key as Node).range ?? [0]
    const end = (value as Node | null)?.range?.[2] ?? start
    if (start <= offset && offset < Math.max(end, start + 1)) return [String(key), ...pathAt(value, offset)]
  }
  return []
}
