import { required, texts } from '../../http/body.ts'
import { type Answer, bodyOf, type Call, ok, param } from '../../http/call.ts'
import { notFound, unprocessable } from '../../http/errors.ts'
import { labelsOf } from './present-runner.ts'
import type { Runner } from './state.ts'

/** "The names of the custom labels": GitHub's descriptions have `maxItems: 100`. */
const MOST = 100

/** All labels of a runner, those that it sets itself too. */
export function listLabels(runner: Runner): Answer {
  const labels = labelsOf(runner)
  return ok({ total_count: labels.length, labels })
}

/** "Remove all previous custom labels and set the new custom labels." No label at all clears them. */
export function setLabels(call: Call, runner: Runner): Answer {
  const names = required(texts(bodyOf(call), 'labels'), 'labels')
  runner.labels = customLabels(runner, names)
  return listLabels(runner)
}

/** Adds to the custom labels; the descriptions have `minItems: 1`. */
export function addLabels(call: Call, runner: Runner): Answer {
  const names = required(texts(bodyOf(call), 'labels'), 'labels')
  if (names.length === 0) throw unprocessable('labels must hold at least one label.')
  runner.labels = customLabels(runner, [...runner.labels, ...names])
  return listLabels(runner)
}

/** "Returns the remaining read-only labels from the runner." */
export function removeLabels(runner: Runner): Answer {
  runner.labels = []
  return listLabels(runner)
}

/** "This endpoint returns a `404 Not Found` status if the custom label is not present on the runner." */
export function removeLabel(call: Call, runner: Runner): Answer {
  const name = param(call, 'name').toLowerCase()
  const left = runner.labels.filter((label) => label.toLowerCase() !== name)
  if (left.length === runner.labels.length) throw notFound()
  runner.labels = left
  return listLabels(runner)
}

/**
 * Each once: jobs name labels without case
 * (https://docs.github.com/actions/how-tos/manage-runners/self-hosted-runners/use-in-a-workflow). With which status
 * GitHub refuses a read-only one is not documented; 422 is the one that these routes have for what is not valid.
 */
function customLabels(runner: Runner, names: readonly string[]): readonly string[] {
  const readOnly = new Set(labelsOf({ ...runner, labels: [] }).map(({ name }) => name.toLowerCase()))
  const custom = new Map<string, string>()
  for (const name of names) {
    const key = name.toLowerCase()
    if (name.trim() === '') throw unprocessable('A label cannot be blank.')
    if (readOnly.has(key)) throw unprocessable(`The label "${name}" is read-only.`)
    if (!custom.has(key)) custom.set(key, name)
  }
  if (custom.size > MOST) throw unprocessable(`A runner has at most ${MOST} custom labels.`)
  return [...custom.values()]
}
