import type { ParsedNode } from 'yaml'
import { type FileFault, parseWorkflow, type WorkflowYaml } from './parse-workflow.ts'
import type { UsePlace } from './uses.ts'

/** One `uses` of a file. */
export interface UseAt {
  /** As it is written. */
  readonly uses: string
  readonly place: UsePlace
  readonly line: number
  readonly col: number
}

/** The steps that are looked at in one file: GitHub runs fewer, and aliases can name a list a million times. */
const MOST_STEPS = 100_000

/**
 * Every `uses` of a workflow or of an action's metadata, in the order of the file. A step that aliases name again is given once.
 * https://docs.github.com/actions/reference/workflows-and-actions/metadata-syntax#runs-for-composite-actions
 */
export function usesInFile(
  text: string,
  kind: 'workflow' | 'action',
): { readonly uses: readonly UseAt[]; readonly faults: readonly FileFault[] } {
  const { yaml, faults: broken } = parseWorkflow(text)
  if (yaml === undefined) return { uses: [], faults: broken }
  const found = new Map<ParsedNode, UseAt>()
  const faults = [...broken]
  const add = (nodes: readonly ParsedNode[], place: UsePlace): void => {
    for (const node of nodes) {
      if (found.has(node)) continue
      const uses = yaml.text(node)
      if (uses === undefined) faults.push({ ...yaml.place(node), message: '`uses` is not a text' })
      else found.set(node, { uses: uses.trim(), place, ...yaml.place(node) })
    }
  }
  const all = (nodes: readonly (ParsedNode | null)[], key: string) => nodes.flatMap((node) => yaml.get(node, key))
  const jobs = kind === 'workflow' ? all([yaml.root], 'jobs').flatMap(yaml.values) : []
  for (const job of jobs) add(yaml.get(job, 'uses'), 'job')
  let left = MOST_STEPS
  for (const holder of kind === 'workflow' ? jobs : all([yaml.root], 'runs')) {
    const steps = yaml.get(holder, 'steps').flatMap(yaml.items)
    left -= steps.length
    if (left < 0) {
      faults.push({ line: 1, col: 1, message: `aliases expand to more than ${MOST_STEPS} steps: the rest is not read` })
      break
    }
    for (const step of steps) add(yaml.get(step, 'uses'), 'step')
  }
  if (kind === 'action') add(imagesOf(yaml), 'step')
  const uses = [...found.values()].sort((one, other) => one.line - other.line || one.col - other.col)
  return { uses, faults }
}

/** The image of an action that runs in a container, where it is not built from a file beside it. */
function imagesOf(yaml: WorkflowYaml): readonly ParsedNode[] {
  const images = yaml.get(yaml.root, 'runs').flatMap((runs) => yaml.get(runs, 'image'))
  return images.filter((image) => yaml.text(image)?.startsWith('docker://'))
}
