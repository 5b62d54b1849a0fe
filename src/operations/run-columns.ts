import { age, type Column, field, outcomeTone, took, valueAt } from './column.ts'

/** The conclusion of a run or job; while it has none, its status. */
const OUTCOME: Column = {
  head: 'STATUS',
  reads: ['conclusion', 'status'],
  value: (item) => String(valueAt(item, 'conclusion') ?? valueAt(item, 'status') ?? ''),
  tone: outcomeTone,
}

/** GHES before 3.8 has no `display_title`: it is the first line of the commit's message, as GitHub makes it for a push. */
const TITLE: Column = {
  head: 'TITLE',
  reads: ['display_title', 'head_commit.message'],
  value: (item) => {
    const title = valueAt(item, 'display_title') ?? valueAt(item, 'head_commit.message') ?? ''
    return String(title).split('\n')[0] ?? ''
  },
  gives: true,
}

/** A run in a list. */
export const RUN_COLUMNS: readonly Column[] = [
  field('ID', 'id', { align: 'right' }),
  OUTCOME,
  TITLE,
  field('WORKFLOW', 'name'),
  field('BRANCH', 'head_branch', { gives: true }),
  field('EVENT', 'event'),
  age('AGE', 'created_at'),
]

/** A run by itself. */
export const RUN_LINES: readonly Column[] = [
  field('ID', 'id'),
  OUTCOME,
  TITLE,
  field('WORKFLOW', 'name'),
  field('FILE', 'path'),
  field('EVENT', 'event'),
  field('BRANCH', 'head_branch'),
  field('COMMIT', 'head_sha'),
  field('NUMBER', 'run_number'),
  field('ATTEMPT', 'run_attempt'),
  field('BY', 'triggering_actor.login'),
  field('CREATED', 'created_at'),
  field('STARTED', 'run_started_at'),
  field('UPDATED', 'updated_at'),
  field('URL', 'html_url'),
]

/** A job in the list of its run. */
export const JOB_COLUMNS: readonly Column[] = [
  field('ID', 'id', { align: 'right' }),
  OUTCOME,
  field('NAME', 'name', { gives: true }),
  {
    head: 'STEPS',
    reads: ['steps'],
    value: (item) => {
      const steps = valueAt(item, 'steps')
      if (!Array.isArray(steps)) return ''
      return `${steps.filter((step) => valueAt(step, 'status') === 'completed').length}/${steps.length}`
    },
    align: 'right',
  },
  field('ATTEMPT', 'run_attempt', { align: 'right' }),
  field('RUNNER', 'runner_name', { gives: true }),
  took('TOOK', 'started_at', 'completed_at'),
]

/** A job by itself. */
export const JOB_LINES: readonly Column[] = [
  field('ID', 'id'),
  OUTCOME,
  field('NAME', 'name'),
  field('RUN', 'run_id'),
  field('WORKFLOW', 'workflow_name'),
  field('BRANCH', 'head_branch'),
  field('COMMIT', 'head_sha'),
  field('ATTEMPT', 'run_attempt'),
  field('RUNNER', 'runner_name'),
  field('GROUP', 'runner_group_name'),
  field('LABELS', 'labels'),
  field('STARTED', 'started_at'),
  field('COMPLETED', 'completed_at'),
  field('URL', 'html_url'),
]

/** The steps of a job. */
export const STEP_COLUMNS: readonly Column[] = [
  field('STEP', 'number', { align: 'right' }),
  OUTCOME,
  field('NAME', 'name', { gives: true }),
  took('TOOK', 'started_at', 'completed_at'),
]
