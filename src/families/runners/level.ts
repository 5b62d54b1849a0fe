import type { FamilyAt } from '../../core/family.ts'
import type { Waiting } from '../../core/finding.ts'
import { type ScopeType, scopeParams } from '../../core/scope.ts'
import { repeatedNames, UNCLEAR_HELP, unclearNames } from '../common/repeated-names.ts'
import {
  alignLabels,
  checkLabels,
  customLabels,
  type Label,
  type LabelledRunner,
  labelsToPut,
  type RunnerRef,
} from './labels.ts'

interface ListedRunner {
  readonly id: number
  readonly name: string
  readonly busy: boolean
  readonly labels?: readonly Label[]
}

/** The routes of the runners of one level, below `…/actions`. */
export function runnerRoutes(actions: `/${string}`) {
  const one = `${actions}/runners/{runner_id}` as const
  return {
    list: `GET ${actions}/runners`,
    remove: `DELETE ${one}`,
    labels: `GET ${one}/labels`,
    put: `PUT ${one}/labels`,
  } as const
}

/** The runners of one level. */
export function runnersAt<S extends ScopeType>({
  list,
  remove,
  labels,
  put,
}: ReturnType<typeof runnerRoutes>): FamilyAt<S, LabelledRunner, RunnerRef> {
  return {
    presence: list,
    reads: [list],
    writes: [labels, put, remove],
    async read(scope, get) {
      const runners = await get.list<ListedRunner>(list, scopeParams(scope))
      const repeated = repeatedNames(runners)
      const twins = [...repeated].map((name) => {
        return { key: name, spec: {}, ref: { id: 0, busy: false, readOnly: [] }, unclear: unclearNames([name]) }
      })
      const others = runners.filter(({ name }) => !repeated.has(name))
      const own = others.map(({ id, name, busy, labels: shown }) => {
        const spec = shown === undefined ? {} : { labels: customLabels(shown) }
        const readOnly = (shown ?? []).flatMap((label) => (label.type === 'custom' ? [] : [label.name]))
        return { key: name, spec, ref: { id, busy, readOnly } }
      })
      return [...own, ...twins]
    },
    align: alignLabels,
    check: (wanted, live) =>
      live?.unclear === undefined ? checkLabels(wanted) : [{ severity: 'held back', ...unclear(live.unclear) }],
    occupied: ({ key, ref, unclear: why }) => (why !== undefined ? unclear(why) : ref.busy ? atWork(key) : undefined),
    write(edit) {
      const params = (ref: RunnerRef | undefined) => {
        if (!ref) throw new Error(`bug: the runner ${edit.key} has no id`)
        return { ...scopeParams(edit.scope), runner_id: ref.id }
      }
      if (edit.action === 'delete') {
        return [{ route: remove, fields: [], params, heldBackAt: { status: 422, ...atWork(edit.key) } }]
      }
      if (!edit.changed.has('labels')) return []
      return [
        {
          route: put,
          fields: ['labels'],
          params,
          rereads: edit.shared.has('labels') ? [{ route: labels, params }] : [],
          body: (_, reread) => ({ labels: labelsToPut(edit, reread?.[0] as readonly Label[] | undefined) }),
        },
      ]
    },
  }
}

function unclear(message: string): Waiting {
  return { message, help: UNCLEAR_HELP }
}

/** Its removal would end the job: products that do not refuse it, before GHES 3.13, force it. */
function atWork(key: string): Waiting {
  return {
    message: `${key} runs a job, and a runner is not removed while it does`,
    help: 'Apply again when the job has ended.',
  }
}
