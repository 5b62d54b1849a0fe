import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Document, isMap, isSeq, visit } from 'yaml'
import type { Plan } from '../../src/core/plan.ts'
import { wishesBy } from '../property/desired-worlds.ts'
import { type Random, randomBy } from '../property/random.ts'
import { seedBy } from '../property/seed.ts'
import type { WorldState } from '../property/state.ts'
import { accepted } from '../support/accepted.ts'
import { startInProcess } from '../support/in-process.ts'
import { workplace } from '../support/octoform.ts'

const PRODUCTS = ['ghec', 'dotcom', 'ghes-3.19', 'ghes-3.4']
const NAMES =
  /^ *("?(NPM|SHARED|OLD|PAY_[12]|gpu|GPU|tmp-1|x\/y z|TOKEN|KEY|permissions|secrets|runner_groups|prune)"?):/i

interface Tally {
  taken: number
  notTaken: number
}

/** A configuration in the style of a person: some of it on one line, with comments and blank lines. */
function writtenBy(random: Random, body: object): string {
  const document = new Document(body, { aliasDuplicateObjects: false })
  visit(document, {
    Collection: (_, node, path) => {
      if (path.length > 6 && (isMap(node) || isSeq(node)) && random.chance(60)) node.flow = true
    },
  })
  const lines = document.toString({ lineWidth: random.oneOf([0, 40]) }).split('\n')
  let count = 0
  return lines
    .flatMap((line) => {
      if (!NAMES.test(line) || !random.chance(40)) return [line]
      count += 1
      const indent = /^ */.exec(line)?.[0] ?? ''
      return [...(random.chance(20) ? [''] : []), `${indent}# comment ${count}.`, line]
    })
    .join('\n')
}

function commentsOf(text: string): readonly string[] {
  return text.match(/# comment \d+\./g) ?? []
}

async function checkWorld(random: Random, tally: Tally): Promise<void> {
  const product = random.oneOf(PRODUCTS)
  const sandbox = await startInProcess({ seed: seedBy(random, product), product })
  try {
    const { acme } = (sandbox.state() as WorldState).organizations
    const { organization, sets, repositories } = wishesBy(random, product, acme)
    const body = { version: 1, organizations: { acme: { ...organization, repository_sets: sets, repositories } } }
    const before = writtenBy(random, body)
    const place = await workplace(sandbox, { 'octoform.yaml': before })
    const planned = await place.run(['plan', '--format', 'json'])
    const plan = planned.stdout === '' ? undefined : (JSON.parse(planned.stdout) as Plan)
    if (plan === undefined) return
    const { edits, notTaken } = await accepted(place, sandbox)
    for (const { file, text } of edits) await place.write(file, text)
    const after = edits[0]?.text ?? before
    const again = await place.plan()
    const story = [before, after, planned.stderr, JSON.stringify(notTaken), JSON.stringify(acme)].join('\n---\n')
    const left = again.changes.map(({ address }) => address)
    expect(left, story).toEqual(notTaken.map(({ address }) => address))
    expect(commentsOf(after), story).toEqual(commentsOf(before))
    tally.notTaken += notTaken.length
    tally.taken += plan.changes.length - notTaken.length
  } finally {
    await sandbox.close()
  }
}

test('whatever a configuration says of whatever GitHub has, taking that over leaves just what it tells', async () => {
  const tally: Tally = { taken: 0, notTaken: 0 }
  const property = fc.asyncProperty(fc.gen(), (generate) => checkWorld(randomBy(generate), tally))
  await fc.assert(property, { numRuns: 30, seed: 20_260_000, endOnFailure: true })
  expect(tally.taken).toBeGreaterThan(20 * tally.notTaken)
}, 120_000)
