import type { Route } from '../core/routes.ts'
import { BILLABLE } from './billable.ts'
import { age, type Column, field, outcomeTone } from './column.ts'
import { DISPATCH } from './dispatch.ts'
import type { At, ChangeOperation, Operation } from './operation.ts'
import { fileOf, WORKFLOW } from './workflow-subject.ts'

/** One of the routes of a repository's workflows. */
function at(method: 'GET' | 'PUT', below = ''): At {
  return { repository: `${method} /repos/{owner}/{repo}/actions/workflows${below}` as Route }
}

const STATE = field('STATE', 'state', { tone: outcomeTone })

const COLUMNS: readonly Column[] = [
  field('ID', 'id', { align: 'right' }),
  field('NAME', 'name', { gives: true }),
  { head: 'FILE', reads: ['path'], value: (item) => fileOf(item) ?? field('', 'path').value(item, 0) },
  STATE,
  age('CHANGED', 'updated_at'),
]

function switching(verb: 'enable' | 'disable', ask: string, about: string): ChangeOperation {
  return {
    kind: 'change',
    resource: 'workflows',
    verb,
    about,
    at: at('PUT', `/{workflow_id}/${verb}`),
    subject: { ...WORKFLOW, several: true },
    verbs: { ask, done: `${ask}d` },
    thing: 'workflow',
    managed: 'workflows',
    means: { 422: 'a workflow whose file was deleted is neither enabled nor disabled.' },
  }
}

/** Workflows, by the name of their file (https://docs.github.com/rest/actions/workflows). */
export const WORKFLOWS: readonly Operation[] = [
  {
    kind: 'list',
    resource: 'workflows',
    verb: 'list',
    about: 'the workflows of a repository',
    at: at('GET'),
    columns: COLUMNS,
  },
  {
    kind: 'show',
    resource: 'workflows',
    verb: 'show',
    about: 'one workflow, by file, id or name',
    at: at('GET', '/{workflow_id}'),
    subject: WORKFLOW,
    columns: [
      field('ID', 'id'),
      field('NAME', 'name'),
      field('FILE', 'path'),
      STATE,
      field('CREATED', 'created_at'),
      field('UPDATED', 'updated_at'),
      field('URL', 'html_url'),
    ],
  },
  switching('enable', 'Enable', 'let workflows run again'),
  switching('disable', 'Disable', 'keep workflows from running'),
  DISPATCH,
  {
    kind: 'show',
    resource: 'workflows',
    verb: 'usage',
    about: 'the time billed in this billing cycle, by system',
    at: at('GET', '/{workflow_id}/timing'),
    subject: WORKFLOW,
    columns: [],
    members: BILLABLE,
  },
]
