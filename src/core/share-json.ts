import { byText } from './address.ts'
import { formatRanges } from './reach.ts'

/** JSON in which equal parts stand once. */
export interface SharedJson {
  /** Each part refers to earlier ones alone. */
  readonly shared: readonly unknown[]
  readonly root: unknown
}

/** The same, with about how many characters the document has when it is written out in full. */
interface Shared extends SharedJson {
  readonly weight: number
}

/**
 * The keys of an object that stands for something else, and is its only entry: one shared part, by its index; a list of
 * them, as ranges of indices; an object, whose entries are shared lists of a key and a value; and an object with such a key
 * of its own.
 */
export const PART = '='
export const PARTS = '[]'
export const ENTRIES = '{}'
export const ITSELF = '"'

interface Node {
  /** Inline text of JSON, for what is neither a list nor an object. */
  readonly plain?: string | number | boolean | null
  readonly list?: readonly number[]
  readonly entries?: readonly (readonly [string, number])[]
  /** In place of `entries`, of an object with many of them: each as a list of its key and its value. */
  readonly pairs?: readonly number[]
  /** In how many places it stands, where each shared part counts once. */
  places: number
  /** About how many characters it has. */
  readonly weight: number
}

/** An object with more entries is keyed by names. */
const FEW = 8

/** A part that is shorter than a reference to it is written out. */
const SHORTEST = 10

/**
 * Writes equal parts of a JSON document once: the same names, and lists of them, stand in a plan a thousand times. Keys of
 * objects are put in order, so that the same data gives the same form.
 */
export function shareJson(value: unknown): Shared {
  const nodes: Node[] = []
  const root = numbered(value, nodes)
  const indices = new Map<number, number>()
  const shared: unknown[] = []
  const written = (id: number): unknown => {
    const node = nodes[id] as Node
    const known = indices.get(id)
    if (known !== undefined) return isShort(node) ? node.plain : { [PART]: known }
    const form = formOf(node)
    if (!isShared(node)) return form
    indices.set(id, shared.length)
    shared.push(form)
    return isShort(node) ? form : { [PART]: shared.length - 1 }
  }
  const formOf = ({ plain, list, entries, pairs }: Node): unknown => {
    if (list !== undefined) return listForm(list)
    if (pairs !== undefined) {
      writeItems(pairs)
      const parts = pairs.flatMap((id) => indices.get(id) ?? [])
      if (parts.length === pairs.length) return { [ENTRIES]: rangesOf(parts) }
      return Object.fromEntries(pairs.map((id) => entryOf(nodes, id)).map(([key, value]) => [key, written(value)]))
    }
    if (entries === undefined) return plain
    const form = Object.fromEntries(entries.map(([key, id]) => [key, written(id)]))
    const [only = ''] = entries.length === 1 ? Object.keys(form) : []
    return [PART, PARTS, ENTRIES, ITSELF].includes(only) ? { [ITSELF]: form } : form
  }
  // The parts of the items come first, so that the items themselves follow one another.
  const writeItems = (items: readonly number[]): readonly unknown[] => {
    for (const item of items) {
      // So were its parts.
      if (indices.has(item)) continue
      // The others are written with their item, and would be written twice.
      for (const part of partsOf(nodes[item] as Node, nodes)) if (isShared(nodes[part] as Node)) written(part)
    }
    return items.map(written)
  }
  const listForm = (list: readonly number[]): unknown => {
    const forms = writeItems(list)
    const parts = list.map((id) => indices.get(id))
    if (list.length < 2 || parts.includes(undefined)) return forms
    const ranges = { [PARTS]: rangesOf(parts as number[]) }
    return JSON.stringify(ranges).length < JSON.stringify(forms).length ? ranges : forms
  }
  // Most lists of names are sorted: so their names follow one another.
  const names = nodes.flatMap((node, id) =>
    typeof node.plain === 'string' && isShared(node) ? { id, text: node.plain } : [],
  )
  for (const { id } of names.sort((left, right) => byText(left.text, right.text))) written(id)
  const form = written(root)
  return { shared, root: form, weight: (nodes[root] as Node).weight }
}

function rangesOf(parts: readonly number[]): string {
  const runs: number[][] = []
  for (const part of parts) {
    const run = runs.at(-1)
    if (run !== undefined && run.at(-1) === part - 1) run.push(part)
    else runs.push([part])
  }
  return runs.map(formatRanges).join(',')
}

/** Of an object with many entries the pairs, whose parts are its keys and values. */
function partsOf({ list, entries, pairs }: Node, nodes: readonly Node[]): readonly number[] {
  return list ?? entries?.map(([, id]) => id) ?? pairs?.map((pair) => entryOf(nodes, pair)[1]) ?? []
}

/** The key and the value of an entry. */
function entryOf(nodes: readonly Node[], pair: number): readonly [string, number] {
  const [key = 0, value = 0] = nodes[pair]?.list ?? []
  return [String(nodes[key]?.plain), value]
}

function isShared(node: Node): boolean {
  return node.places > 1 && node.list?.length !== 0 && node.entries?.length !== 0 && !isScalar(node)
}

function isScalar({ plain }: Node): boolean {
  return plain !== undefined && typeof plain !== 'string'
}

function isShort({ plain }: Node): boolean {
  return typeof plain === 'string' && plain.length < SHORTEST
}

/** Gives equal parts the same number, each after its own parts. */
function numbered(value: unknown, nodes: Node[]): number {
  const numbers = new Map<string, number>()
  const weightOf = (id: number): number => (nodes[id] as Node).weight
  const numberOf = (key: string, node: () => Omit<Node, 'places'>, parts: readonly number[]): number => {
    const known = numbers.get(key)
    if (known === undefined) {
      nodes.push({ ...node(), places: 1 })
      numbers.set(key, nodes.length - 1)
      return nodes.length - 1
    }
    ;(nodes[known] as Node).places += 1
    // The parts of a repeated part stand there once.
    for (const part of parts) (nodes[part] as Node).places -= 1
    return known
  }
  const pairOf = (key: number, value: number): number => {
    const list = [key, value]
    return numberOf(`[${list.join()}`, () => ({ list, weight: 1 + weightOf(key) + weightOf(value) }), list)
  }
  // The same object in many places is looked at once: for its parts, one place more changes nothing.
  const taken = new Map<object, number>()
  const take = (each: unknown): number => {
    if (each === null || typeof each !== 'object') return numberIn(each)
    const known = taken.get(each)
    if (known === undefined) {
      const id = numberIn(each)
      taken.set(each, id)
      return id
    }
    ;(nodes[known] as Node).places += 1
    return known
  }
  const numberIn = (each: unknown): number => {
    if (Array.isArray(each)) {
      const list = each.map(take)
      const weigh = (): number => list.reduce((sum, id) => sum + weightOf(id), 1)
      return numberOf(`[${list.join()}`, () => ({ list, weight: weigh() }), list)
    }
    if (each === null || typeof each !== 'object') {
      const plain = each as Node['plain'] & {}
      const weight = typeof plain === 'string' ? plain.length + 1 : 1
      return numberOf(`${typeof plain} ${plain}`, () => ({ plain, weight }), [])
    }
    const entries = Object.entries(each)
      .filter(([, inner]) => inner !== undefined)
      .sort(([left], [right]) => byText(left, right))
      .map(([key, inner]) => [key, take(inner)] as const)
    const weigh = (): number => entries.reduce((sum, [key, id]) => sum + key.length + weightOf(id), 1)
    if (entries.length > FEW) {
      const pairs = entries.map(([key, id]) => pairOf(take(key), id))
      return numberOf(`{${pairs.join()}`, () => ({ pairs, weight: weigh() }), pairs)
    }
    const parts = entries.map(([, inner]) => inner)
    return numberOf(`{${JSON.stringify(entries)}`, () => ({ entries, weight: weigh() }), parts)
  }
  return take(value)
}
