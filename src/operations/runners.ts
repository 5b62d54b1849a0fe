import type { Route } from '../core/routes.ts'
import { type Column, field, outcomeTone, valueAt } from './column.ts'
import type { At, Operation, Subject } from './operation.ts'

const BASES = {
  enterprise: '/enterprises/{enterprise}/actions/runners',
  organization: '/orgs/{org}/actions/runners',
  repository: '/repos/{owner}/{repo}/actions/runners',
} as const

/** One of the routes of runners, which GitHub has alike at three levels. */
function at(method: 'GET' | 'POST' | 'DELETE', below = ''): At {
  return Object.fromEntries(Object.entries(BASES).map(([level, path]) => [level, `${method} ${path}${below}` as Route]))
}

const RUNNER: Subject = {
  word: 'RUNNER',
  param: 'runner_id',
  is: 'id',
  named: { list: at('GET'), by: 'name' },
}

const COLUMNS: readonly Column[] = [
  field('ID', 'id', { align: 'right' }),
  field('NAME', 'name'),
  field('STATUS', 'status', { tone: outcomeTone }),
  { head: 'BUSY', reads: ['busy'], value: (item) => (valueAt(item, 'busy') === true ? 'yes' : '') },
  field('OS', 'os'),
  field('LABELS', 'labels', { gives: true }),
]

/** Self-hosted runners and what they are registered with (https://docs.github.com/rest/actions/self-hosted-runners). */
export const RUNNERS: readonly Operation[] = [
  {
    kind: 'list',
    resource: 'runners',
    verb: 'list',
    about: 'self-hosted runners',
    at: at('GET'),
    flags: [{ flag: '--name <name>', field: 'name', about: 'of this name alone' }],
    columns: COLUMNS,
  },
  {
    kind: 'show',
    resource: 'runners',
    verb: 'show',
    about: 'one runner, by name or id',
    at: at('GET', '/{runner_id}'),
    subject: RUNNER,
    columns: [...COLUMNS, field('GROUP', 'runner_group_id')],
  },
  {
    kind: 'change',
    resource: 'runners',
    verb: 'remove',
    about: 'remove runners, by name or id; the machines themselves are not touched',
    at: at('DELETE', '/{runner_id}'),
    subject: { ...RUNNER, several: true },
    verbs: { ask: 'Remove', done: 'Removed' },
    thing: 'runner',
    managed: 'runners',
  },
  {
    kind: 'mint',
    resource: 'runners',
    verb: 'token',
    about: 'a token that registers runners, for an hour',
    at: at('POST', '/registration-token'),
    secret: 'token',
  },
  {
    kind: 'mint',
    resource: 'runners',
    verb: 'remove-token',
    about: 'a token that removes a runner from its machine, for an hour',
    at: at('POST', '/remove-token'),
    secret: 'token',
  },
  {
    kind: 'mint',
    resource: 'runners',
    verb: 'jitconfig',
    about: 'the configuration of a runner that takes one job',
    at: at('POST', '/generate-jitconfig'),
    subject: { word: 'NAME', param: 'name', is: 'name' },
    flags: [
      { flag: '--runner-group-id <id>', field: 'runner_group_id', takes: 'number', about: 'the group that it joins' },
      { flag: '--label <label>', field: 'labels', takes: 'several', about: 'a label of it; repeat it for several' },
      { flag: '--work-folder <path>', field: 'work_folder', about: 'where it works, on its machine' },
    ],
    secret: 'encoded_jit_config',
  },
  {
    kind: 'list',
    resource: 'runners',
    verb: 'downloads',
    about: 'the programs of runners, by system',
    at: at('GET', '/downloads'),
    columns: [field('OS', 'os'), field('ARCHITECTURE', 'architecture'), field('URL', 'download_url')],
  },
  {
    kind: 'show',
    resource: 'runners',
    verb: 'deprecations',
    about: 'until when a version of the runner works',
    at: at('GET', '/deprecations/{version}'),
    subject: { word: 'VERSION', param: 'version', is: 'name' },
    columns: [
      field('VERSION', 'runner_version'),
      field('REGISTERS UNTIL', 'registration_deprecates_at'),
      field('RUNS UNTIL', 'runtime_deprecates_at'),
    ],
  },
]
