import { byteLength } from './markdown-text.ts'

/** One way to write a part of a report. */
export interface Form {
  readonly text: string
  /** The content that this form leaves out, in words that may follow `without`; null for a complete form. */
  readonly lacks: string | null
  /** `first` where a reader must know of it before anything else. */
  readonly position: 'first' | 'last'
}

/** The forms of a part, the fullest first. */
export type Forms = readonly [Form, ...Form[]]

/** A part that is written in one way only. */
export function whole(text: string): Form {
  return { text, lacks: null, position: 'last' }
}

/** A shorter form. */
export function lacking(text: string, lacks: string, position: Form['position'] = 'last'): Form {
  return { text, lacks, position }
}

/**
 * Shortens a report to a limit: as long as it is too long, the next part of `order` takes its next form. Room to spare
 * goes back to the most important shortened part, and never to a lesser one before that is whole again.
 * @param order the least important first; a part is in it once for each form that it may shrink to
 * @returns the form of each part; even the shortest may be too long
 */
export function fitForms<K extends string>(
  parts: Readonly<Record<K, Forms>>,
  order: readonly NoInfer<K>[],
  write: (chosen: Readonly<Record<K, Form>>) => string,
  limit: number,
): Readonly<Record<K, Form>> {
  const taken = new Map<K, number>()
  const choose = (): Record<K, Form> => {
    const entries = Object.entries<Forms>(parts).map(([name, forms]) => {
      return [name, forms[taken.get(name as K) ?? 0] ?? forms[0]] as const
    })
    return Object.fromEntries(entries) as Record<K, Form>
  }
  const fits = (): boolean => byteLength(write(choose())) <= limit
  for (const name of order) {
    if (fits()) break
    const next = (taken.get(name) ?? 0) + 1
    if (next < parts[name].length) taken.set(name, next)
  }
  for (const name of new Set(order.toReversed())) {
    const shortest = taken.get(name) ?? 0
    for (let form = 0; form < shortest; form += 1) {
      taken.set(name, form)
      if (fits()) break
      taken.set(name, shortest)
    }
    if ((taken.get(name) ?? 0) > 0) break
  }
  return choose()
}

/** The content that the chosen forms leave out, each once. */
export function lacksOf(chosen: Readonly<Record<string, Form>>, position: Form['position']): readonly string[] {
  const found = Object.values(chosen).flatMap((form) =>
    form.lacks !== null && form.position === position ? [form.lacks] : [],
  )
  return [...new Set(found)]
}
