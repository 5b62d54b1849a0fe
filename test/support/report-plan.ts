import type { Change, Plan } from '../../src/core/plan.ts'
import type { ReportFacts } from '../../src/render/report-facts.ts'
import { buildAccess, buildChange, buildPlan } from './plan-builder.ts'

export const FACTS: ReportFacts = {
  audience: 'full',
  configuration: 'octoform.yaml',
  commit: 'c0ffee',
  runUrl: 'https://github.com/acme/admin/actions/runs/7',
}

const at = (line: number) => ({ file: 'octoform.yaml', line, col: 7 })

/** A small plan that has a little of everything a report tells. */
export function reportPlan(): Plan {
  const changes: Change[] = [
    buildChange(
      'orgs/acme/secrets/NPM_TOKEN',
      { repositories: ['api', 'legacy'] },
      { repositories: ['api', 'docs', 'site'] },
      {
        reason: 'repositories differs',
        source: at(3),
        widens: ['repositories'],
        access: {
          gains: [...buildAccess('matched', 'site:public'), ...buildAccess('named', 'docs')],
          loses: buildAccess('named', 'legacy'),
        },
      },
    ),
    buildChange('orgs/acme/runner_groups/old', { visibility: 'selected' }, null, {
      reason: 'absent in the YAML',
      source: at(5),
      access: { gains: [], loses: buildAccess('named', 'web') },
    }),
    buildChange('repos/acme/web/permissions', { enabled: true }, { enabled: false }, { source: at(9) }),
    buildChange('orgs/other/secrets/ELSEWHERE', { v: 1 }, null, { source: at(11) }),
  ]
  return buildPlan(changes, {
    diagnostics: [
      {
        severity: 'warning',
        message: 'no repository is called lagacy',
        source: at(4),
        address: changes[0]?.address ?? '',
      },
    ],
    values_needed: [{ source: 'env:NPM_TOKEN', addresses: ['orgs/acme/secrets/NPM_TOKEN'] }],
    left_alone: [{ section: 'orgs/acme/secrets', members: 3, fields: 0 }],
  })
}

/** As the previous, of the base commit: a set matches `site` there already. */
export function basePlan(): Plan {
  const access = { gains: buildAccess('matched', 'site:public'), loses: [] }
  return buildPlan([buildChange('orgs/acme/secrets/NPM_TOKEN', { v: 1 }, { v: 2 }, { access })])
}

/** Names as long as GitHub lets a repository's be. */
export function longName(index: number): string {
  return `r${index}-`.padEnd(100, 'service-of-the-department-')
}

/**
 * 5,000 changes of which 500 delete and 300 widen, each different from the others.
 * @param repositoryOf the repository of the n-th deletion
 */
export function largeReportPlan(repositoryOf: (index: number) => string): Plan {
  const changes: Change[] = []
  for (let index = 0; index < 500; index += 1) {
    changes.push(buildChange(`repos/acme/${repositoryOf(index)}/secrets/DEPLOY_${index}`, { v: index }, null))
  }
  for (let index = 0; index < 300; index += 1) {
    const gains = buildAccess('named', ...Array.from({ length: 20 }, (_, other) => `gainer-${index}-${other}`))
    const change = buildChange(`orgs/acme/secrets/WIDE_${index}`, { v: [index] }, { v: [index + 1] })
    changes.push({ ...change, widens: ['v'], access: { gains, loses: [] } })
  }
  for (let index = 0; index < 4200; index += 1) {
    changes.push(buildChange(`repos/acme/${longName(index)}/permissions`, { v: index }, { v: index + 1 }))
  }
  return buildPlan(changes, {
    left_alone: [{ section: 'orgs/acme/secrets', members: 3, fields: 0 }],
    secrets: { unknown: ['orgs/acme/secrets/UNKNOWN'], not_compared: [], keyed: true },
  })
}
