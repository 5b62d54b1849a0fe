import { shownName } from '../../core/github-names.ts'

/** The folder of every workflow that has a file; what GitHub itself runs stands below `dynamic/`. */
export const FOLDER = '.github/workflows/'

const WORKFLOWS = '/repos/{owner}/{repo}/actions/workflows'

export const ROUTES = {
  list: `GET ${WORKFLOWS}`,
  enable: `PUT ${WORKFLOWS}/{workflow_id}/enable`,
  disable: `PUT ${WORKFLOWS}/{workflow_id}/disable`,
} as const

/** A workflow; without a state where GitHub shows one that is not known. */
export interface Workflow {
  readonly state?: 'active' | 'disabled' | 'deleted'
}

/** GitHub has a state for each reason why one is disabled, such as `disabled_inactivity`: all can be enabled. */
export function stateOf(shown: string): Workflow['state'] {
  if (shown === 'active' || shown === 'deleted') return shown
  return shown.startsWith('disabled_') ? 'disabled' : undefined
}

/** The reason why no workflow can have this name in the YAML, which is the one of its file. */
export function fileFault(name: string): string | undefined {
  if (name === '') return undefined
  const file = name.slice(name.lastIndexOf('/') + 1)
  if (!/\.ya?ml$/.test(file)) {
    return `\`${shownName(name)}\` is no file of a workflow: write its name with the ending, such as ci.yml`
  }
  return file === name ? undefined : `\`${shownName(name)}\` is a path: write the name of the file alone, \`${file}\``
}
