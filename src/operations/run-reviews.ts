import { age, type Column, field, valueAt } from './column.ts'
import type { Operation } from './operation.ts'
import { REVIEW } from './review.ts'
import { atActions, atRun, RUN } from './run-subject.ts'

const PENDING: readonly Column[] = [
  field('ENVIRONMENT', 'environment.name'),
  {
    head: 'WAITS',
    reads: ['wait_timer'],
    value: (item) => {
      const minutes = valueAt(item, 'wait_timer')
      return typeof minutes === 'number' && minutes > 0 ? `${minutes}m` : ''
    },
    align: 'right',
  },
  {
    head: 'REVIEWERS',
    reads: ['reviewers'],
    value: (item) => field('', 'reviewers').value({ reviewers: reviewersOf(item) }, 0),
    gives: true,
  },
  {
    head: 'YOU MAY',
    reads: ['current_user_can_approve'],
    value: (item) => (valueAt(item, 'current_user_can_approve') === true ? 'yes' : 'no'),
  },
]

const REVIEWS: readonly Column[] = [
  field('STATE', 'state', { tone: (text) => (text === 'approved' ? 'good' : text === 'rejected' ? 'bad' : 'plain') }),
  field('ENVIRONMENTS', 'environments'),
  field('BY', 'user.login'),
  field('COMMENT', 'comment', { gives: true }),
]

const GROUPS_OF_REPOSITORY: readonly Column[] = [field('GROUP', 'group_name'), age('TAKEN', 'last_acquired_at')]

const MEMBERS: readonly Column[] = [
  field('RUN', 'run_id', { align: 'right' }),
  field('NAME', 'run_name', { gives: true }),
  field('JOB', 'job_name', { gives: true }),
  field('STATUS', 'status', { tone: (text) => (text === 'in_progress' ? 'good' : 'busy') }),
]

const GROUPS_OF_RUN: readonly Column[] = [
  field('GROUP', 'group_name'),
  {
    head: 'PLACE',
    reads: ['group_members'],
    value: (item) => {
      const members = valueAt(item, 'group_members')
      return Array.isArray(members)
        ? field('', 'p').value({ p: members.map((one) => valueAt(one, 'position')) }, 0)
        : ''
    },
    align: 'right',
  },
]

/** Runs that wait: for people, for the rules of environments, for other runs (https://docs.github.com/rest/actions/workflow-runs). */
export const RUN_REVIEWS: readonly Operation[] = [
  {
    kind: 'list',
    resource: 'runs',
    verb: 'pending',
    about: 'the environments that a run waits for',
    at: atRun('GET', '/pending_deployments'),
    subject: RUN,
    columns: PENDING,
  },
  REVIEW,
  {
    kind: 'list',
    resource: 'runs',
    verb: 'reviews',
    about: 'who approved or rejected the deployments of a run',
    at: atRun('GET', '/approvals'),
    subject: RUN,
    columns: REVIEWS,
  },
  {
    kind: 'list',
    resource: 'runs',
    verb: 'queue',
    about: 'the concurrency groups that are taken, or the runs and jobs in one of them',
    at: atActions('GET', '/concurrency_groups'),
    subject: {
      word: 'GROUP',
      param: 'concurrency_group_name',
      is: 'name',
      optional: true,
      way: { at: atActions('GET', '/concurrency_groups/{concurrency_group_name}'), columns: MEMBERS },
    },
    flags: [
      {
        flag: '--run <id>',
        field: 'run',
        about: 'the groups that this run has or waits for',
        way: { at: atRun('GET', '/concurrency_groups'), of: RUN, columns: GROUPS_OF_RUN },
      },
      {
        flag: '--ahead-of-run <id>',
        field: 'ahead_of_run',
        takes: 'number',
        about: 'of a group, those before this run',
      },
      {
        flag: '--ahead-of-job <id>',
        field: 'ahead_of_job',
        takes: 'number',
        about: 'of a group, those before this job',
      },
    ],
    columns: GROUPS_OF_REPOSITORY,
  },
]

/** `{ reviewer: { login } }`, or of a team its slug. */
function reviewersOf(item: unknown): readonly unknown[] {
  const reviewers = valueAt(item, 'reviewers')
  if (!Array.isArray(reviewers)) return []
  return reviewers.map((one) => valueAt(one, 'reviewer.login') ?? valueAt(one, 'reviewer.slug') ?? '')
}
