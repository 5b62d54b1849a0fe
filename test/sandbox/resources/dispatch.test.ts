import { expect, it } from 'vitest'
import { withSandbox } from '../../support/sandbox.ts'
import { SERVED_PRODUCTS } from '../../support/served-products.ts'

const FILE = `
on:
  workflow_dispatch:
    inputs:
      where: { required: true, type: choice, options: [eu, us] }
      note: { default: none }
`
const SEED = {
  repositories: {
    'mona/web': {
      branches: { main: 'a'.repeat(40), dev: 'b'.repeat(40) },
      files: { main: { '.github/workflows/deploy.yml': FILE, '.github/workflows/ci.yml': 'on: [push]' } },
      workflows: {
        'deploy.yml': { id: 21 },
        'ci.yml': { id: 22 },
        'off.yml': { id: 23, state: 'disabled_manually' },
        'plain.yml': { id: 24 },
        'said.yml': { id: 25, on: { push: {} } },
      },
      runs: { 100: { workflow: 'deploy.yml', status: 'completed' } },
    },
  },
}
const ALL = '/repos/mona/web/actions/workflows'

it.each(SERVED_PRODUCTS)('%s dispatches a workflow as GitHub describes it', async (product) => {
  const { call, state } = await withSandbox({ seed: SEED, product })
  const path = `${ALL}/deploy.yml/dispatches`
  expect((await call('POST', path, { ref: 'main', inputs: { where: 'eu' } })).status).toBe(204)
  expect((await call('GET', `${ALL}/deploy.yml/runs`)).body).toMatchObject({
    total_count: 2,
    workflow_runs: [
      { id: 101, run_number: 2, event: 'workflow_dispatch', status: 'queued', head_branch: 'main' },
      { id: 100 },
    ],
  })
  const told = await call('POST', path, { ref: 'main', inputs: { where: 'us' }, return_run_details: true })
  const isCloud = product === 'ghec' || product === 'dotcom'
  expect(told.status).toBe(isCloud ? 200 : 204)
  if (isCloud) expect(told.body).toMatchObject({ workflow_run_id: 102 })
  expect((await withSandbox({ seed: state() })).state()).toEqual(state())
})

it.each([
  ['plain.yml', { ref: 'refs/heads/dev' }, 204, undefined],
  ['none.yml', { ref: 'main' }, 404, 'Not Found'],
  ['deploy.yml', {}, 422, '"ref" wasn\'t supplied.'],
  ['deploy.yml', { ref: 'gone', inputs: { where: 'eu' } }, 422, 'No ref found for: gone'],
  ['deploy.yml', { ref: 'main' }, 422, "Required input 'where' not provided"],
  ['deploy.yml', { ref: 'main', inputs: { where: 'mars' } }, 422, "Provided value 'mars' for input 'where' not in"],
  ['deploy.yml', { ref: 'main', inputs: { where: 'eu', x: '1' } }, 422, 'Unexpected inputs provided: ["x"]'],
  ['ci.yml', { ref: 'main' }, 422, "Workflow does not have 'workflow_dispatch' trigger"],
  ['said.yml', { ref: 'main' }, 422, "Workflow does not have 'workflow_dispatch' trigger"],
  ['off.yml', { ref: 'main' }, 422, "Cannot trigger a 'workflow_dispatch' on a disabled workflow"],
])('%s with %j: %i', async (file, body, status, message) => {
  const { call } = await withSandbox({ seed: SEED })
  const answer = await call('POST', `${ALL}/${file}/dispatches`, body)
  expect(answer.status).toBe(status)
  if (message !== undefined) expect(answer.body).toMatchObject({ message: expect.stringContaining(message) })
})
