import type { Aligned, Edit, Wanted } from '../../core/family.ts'
import type { Finding } from '../../core/finding.ts'
import { shownName, textFault } from '../../core/github-names.ts'
import type { Live } from '../../core/live.ts'

/** "The names of the custom labels": GitHub's descriptions have `maxItems: 100`. */
export const MOST_LABELS = 100

/** A label as GitHub lists it. */
export interface Label {
  readonly name: string
  readonly type?: string
}

/** A runner: its custom labels, in GitHub's own spelling; none on GHES 2.22, which does not show them. */
export interface LabelledRunner {
  readonly labels?: readonly string[]
}

export interface RunnerRef {
  readonly id: number
  /** Whether it runs a job now. */
  readonly busy: boolean
  /** The labels that the runner application alone sets. */
  readonly readOnly: readonly string[]
}

/** The custom labels of a listing, sorted. */
export function customLabels(labels: readonly Label[]): readonly string[] {
  return labels.flatMap(({ name, type }) => (type === 'custom' ? [name] : [])).sort()
}

/** The reason why no runner can have this custom label. The runner application splits its labels at commas. */
export function labelFault(entry: string): string | undefined {
  const fault = textFault(entry, 256) ?? (entry.includes(',') ? 'write each label as an entry of its own' : undefined)
  return fault === undefined ? undefined : `\`${shownName(entry)}\` cannot be a label of a runner: ${fault}`
}

/**
 * The YAML's labels in GitHub's spelling, since jobs name them without case, and without those that the runner application
 * sets itself.
 */
export function alignLabels(
  wanted: Wanted<LabelledRunner>,
  live: Live<LabelledRunner, RunnerRef> | undefined,
): Aligned<LabelledRunner> {
  const had = live?.spec.labels
  if (had === undefined) return { wanted, live: live?.spec, findings: [] }
  const spelling = new Map(had.map((label) => [label.toLowerCase(), label]))
  const readOnly = new Set(live?.ref.readOnly.map((label) => label.toLowerCase()))
  const findings: Finding[] = []
  const spelt = (labels: readonly string[]): readonly string[] => {
    const kept = new Map<string, string>()
    for (const label of labels) {
      const key = label.toLowerCase()
      if (readOnly.has(key)) findings.push(readOnlyFinding(label))
      else if (!kept.has(key)) kept.set(key, spelling.get(key) ?? label)
    }
    return [...kept.values()].sort()
  }
  const { labels, ...others } = wanted.spec
  const exact = labels && spelt(labels)
  if (labels && labels.length > 0 && exact?.length === 0 && had.length > 0) findings.push(nothingLeft(had.length))
  const { labels: edit, ...edits } = wanted.edits
  const spec = exact ? { ...others, labels: exact } : others
  const aligned = edit ? { ...edits, labels: { ...edit, add: spelt(edit.add), remove: spelt(edit.remove) } } : edits
  return { wanted: { ...wanted, spec, edits: aligned }, live: live?.spec, findings }
}

/** A list of which nothing is left does not clear the labels. */
function nothingLeft(count: number): Finding {
  return {
    severity: 'held back',
    field: 'labels',
    message: `nothing is left of the list, which would take away ${count === 1 ? 'the custom label' : `${count} custom labels`}`,
    help: 'Write the custom labels, or `labels: []` for none.',
  }
}

function readOnlyFinding(label: string): Finding {
  const message = `${label} is a label that the runner application sets: it can be neither set nor taken away here`
  return { severity: 'warning', field: 'labels', entry: label, message }
}

/** A label that is both added and taken away, in another case: in the same case the configuration says so. */
export function checkLabels({ edits }: Wanted<LabelledRunner>): readonly Finding[] {
  const { add = [], remove = [] } = edits.labels ?? {}
  return remove.flatMap((label): Finding[] => {
    const other = add.find((each) => each !== label && each.toLowerCase() === label.toLowerCase())
    if (other === undefined) return []
    const message = `${label} is taken away and ${other} is added, which GitHub takes for one label: keep one of them`
    return [{ severity: 'error', field: 'labels', message }]
  })
}

/**
 * The labels to put: all that are wanted, or where the YAML only adds and takes away, those that GitHub has at that moment with
 * these changes.
 */
export function labelsToPut(
  { before, after, shared }: Edit<LabelledRunner, RunnerRef>,
  reread: readonly Label[] | undefined,
): readonly string[] {
  const [had, has] = [before?.labels ?? [], after?.labels ?? []]
  if (!shared.has('labels') || reread === undefined) return has
  const now = customLabels(reread)
  const [gone, known] = [had.filter((label) => !has.includes(label)), new Set(now.map((label) => label.toLowerCase()))]
  const left = now.filter((label) => !gone.some((each) => each.toLowerCase() === label.toLowerCase()))
  const added = has.filter((label) => !had.includes(label) && !known.has(label.toLowerCase()))
  return [...left, ...added].sort()
}
