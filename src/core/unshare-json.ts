import { ENTRIES, ITSELF, PART, PARTS, type SharedJson } from './share-json.ts'

/**
 * Undoes `shareJson`; equal parts are one value.
 * @param most about how many characters the document may have when it is written out in full
 * @throws RangeError where it would have more, or refers to what is not there
 */
export function unshareJson({ shared, root }: SharedJson, most: number): unknown {
  const values: { readonly value: unknown; readonly weight: number }[] = []
  const state = { weight: 0 }
  const part = (index: unknown): unknown => {
    const known = typeof index === 'number' ? values[index] : undefined
    if (known === undefined) throw new RangeError('It refers to a part that is not there.')
    weigh(known.weight)
    return known.value
  }
  // Parts of parts of parts would else make a small file an endless document.
  const weigh = (more: number): void => {
    state.weight += more
    if (state.weight > most) throw new RangeError('It is too large.')
  }
  const restored = (form: unknown): unknown => {
    weigh(1)
    if (typeof form === 'string') weigh(form.length)
    if (form === null || typeof form !== 'object') return form
    if (Array.isArray(form)) return form.map(restored)
    const [[key = '', inner] = [], second] = Object.entries(form)
    if (second === undefined && key === PART) return part(inner)
    if (second === undefined && key === PARTS && typeof inner === 'string') return listed(inner)
    if (second === undefined && key === ENTRIES && typeof inner === 'string')
      return Object.fromEntries(listed(inner).map(pair))
    if (second === undefined && key === ITSELF && inner !== null && typeof inner === 'object') return entriesOf(inner)
    return entriesOf(form)
  }
  const listed = (text: string): readonly unknown[] => {
    const list: unknown[] = []
    for (const range of text.split(',')) {
      const [, first = '', last = first] = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(range) ?? []
      if (first === '') throw new RangeError('It has a list that is none.')
      for (let index = Number(first); index <= Number(last); index += 1) list.push(part(index))
    }
    return list
  }
  const pair = (each: unknown): readonly [string, unknown] => {
    if (Array.isArray(each) && each.length === 2 && typeof each[0] === 'string') return [each[0], each[1]]
    throw new RangeError('It has an entry that is none.')
  }
  const entriesOf = (form: object): object =>
    Object.fromEntries(
      Object.entries(form).map(([key, inner]) => {
        weigh(key.length)
        return [key, restored(inner)]
      }),
    )
  for (const form of shared) {
    state.weight = 0
    values.push({ value: restored(form), weight: state.weight })
  }
  state.weight = 0
  return restored(root)
}
